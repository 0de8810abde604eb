package io.entrawatch.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * How many sign-ins fail on each day of a tenant: as many as on the same weekday before, but for a day with exactly ten
 * percent more, one with an attack, and one with an attack that is too small to be told of.
 */
final class FailurePlan {

    private static final int WEEK = FirstWeek.DAYS;
    private static final int NONE = -1;

    /** As many failures as a surge takes, and by how many they have to be more than last week. */
    private static final int SURGE_AT_LEAST = 50;

    private static final int SURGE_MORE_BY = 20;

    /** What else may notice much guessing from a few addresses. */
    private static final List<String> ALSO = List.of(
            "password-spray", "password-spray-from-network", "distributed-password-spray", "slow-password-spray");

    private static final int ATTACK_FROM = 12 * 3_600;
    private static final int ATTACK_SECONDS = 2 * 3_600;
    private static final int WORK_FROM = 9 * 3_600;
    private static final int WORK_SECONDS = 8 * 3_600;

    private final Tenant tenant;
    private final LocalDate start;
    private final int[] counts;
    private final int[] played;
    private final int[] guessed;
    private final int attackDay;
    private final int smallAttackDay;
    private final int tenPercentDay;

    /** @param played how many sign-ins fail on each day without being in this plan */
    FailurePlan(Tenant tenant, LocalDate start, int days, int[] played, Chance chance) {
        this.tenant = tenant;
        this.start = start;
        this.counts = new int[days];
        this.guessed = new int[days];
        this.played = played;
        int users = tenant.staff().size();
        for (int day = 0; day < days; day++) {
            counts[day] = tens(isWeekend(start.plusDays(day)) ? users / 50 : users * 6 / 100);
        }
        attackDay = attackDay(start, days, chance);
        smallAttackDay = last(days, WEEK, this::canBeSmallAttack);
        tenPercentDay = last(days, 2 * WEEK, day -> !isWeekend(start.plusDays(day)));
        if (attackDay != NONE) {
            guessed[attackDay] = counts[attackDay] * 2 + 80;
        }
        if (smallAttackDay != NONE) {
            guessed[smallAttackDay] = fewestOfSurge(smallAttackDay) - 1 - counts[smallAttackDay];
        }
        if (tenPercentDay != NONE) {
            counts[tenPercentDay] = counts[tenPercentDay - WEEK] * 110 / 100;
        }
    }

    /** Only of tens there are ten percent. */
    private static int tens(int count) {
        return Math.max(10, (count + 5) / 10 * 10);
    }

    /** A day of a weekend: on working days of the first week plays add failures of their own. */
    private static int attackDay(LocalDate start, int days, Chance chance) {
        List<Integer> candidates = new ArrayList<>();
        for (int day = WEEK; day < days; day++) {
            if (isWeekend(start.plusDays(day))) {
                candidates.add(day);
            }
        }
        return candidates.isEmpty() ? NONE : chance.of(candidates);
    }

    /** Neither of the two days is the other's day to compare with. */
    private boolean canBeSmallAttack(int day) {
        return isWeekend(start.plusDays(day)) && day != attackDay && day - WEEK != attackDay && day + WEEK != attackDay;
    }

    private static int last(int days, int from, IntPredicate suits) {
        return IntStream.range(from, days).filter(suits).max().orElse(NONE);
    }

    private int fewestOfSurge(int day) {
        return Math.max(SURGE_AT_LEAST, counts[day - WEEK] + SURGE_MORE_BY);
    }

    /** The times of a day's ordinary failures, within working hours of the tenant. */
    List<Long> ordinary(int day, Chance chance) {
        // In the first week, which is compared with nothing, plays come on top of it.
        int count = day < WEEK ? counts[day] : Math.max(0, counts[day] - played[day]);
        return times(day, count, WORK_FROM, WORK_SECONDS, chance);
    }

    /** The times of a day's failures in an attack. */
    List<Long> guesses(int day, Chance chance) {
        return times(day, guessed[day], ATTACK_FROM, ATTACK_SECONDS, chance);
    }

    private List<Long> times(int day, int count, int from, int seconds, Chance chance) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(tenant.at(start.plusDays(day), from + chance.below(seconds)) + chance.below(1_000));
        }
        return times;
    }

    /**
     * What the day has to come to, given when its sign-ins failed.
     *
     * @param addresses from which they failed: who mistypes a password in the middle of an attack may complete its alert
     */
    List<Label> labels(int day, List<Long> ordinary, List<Long> guesses, Set<String> addresses) {
        List<Label> labels = new ArrayList<>();
        if (day < WEEK) {
            return labels;
        }
        List<Long> all = new ArrayList<>(ordinary);
        all.addAll(guesses);
        Collections.sort(all);
        int allowed = counts[day - WEEK] * 110 / 100;
        if (all.size() > allowed) {
            long at = all.get(allowed);
            labels.add(label("failed-sign-in-increase", true, "more than 10 % more", all.get(0), at, at));
        } else if (day == tenPercentDay && all.size() + played[day] == allowed) {
            long last = all.get(all.size() - 1);
            labels.add(label("failed-sign-in-increase", false, "exactly 10 % more", all.get(0), last, null));
        }
        if (day == attackDay || day == smallAttackDay) {
            labels.addAll(surges(day, all, guesses, addresses));
        }
        return labels;
    }

    private List<Label> surges(int day, List<Long> all, List<Long> guesses, Set<String> addresses) {
        boolean attack = day == attackDay;
        String what = attack ? "password guessing" : "one wrong password less than it takes";
        Set<String> about = new TreeSet<>(addresses);
        about.add("203.0.113.0/24");
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("failed-sign-in-surge", tenant.id());
        groups.put("failed-sign-in-surge-by-application", SignIn.appId(SignIn.USUAL_APP));
        groups.put("failed-sign-in-surge-by-error-code", "50126");
        groups.put("failed-sign-in-surge-by-country", tenant.city().country());
        long from = Collections.min(guesses);
        // Where there is one less than it takes, the last of the day would be the one too much.
        long last = attack ? Collections.max(guesses) : all.get(all.size() - 1);
        long notBefore = attack ? all.get(fewestOfSurge(day) - 1) : last;
        List<Label> labels = new ArrayList<>();
        groups.forEach((detection, group) -> labels.add(label(detection, attack, what, from, last, null)
                .with(ALSO, List.copyOf(about), last)
                .notBefore(notBefore)
                .group(group)));
        return labels;
    }

    private Label label(String detection, boolean attack, String what, long from, long to, @Nullable Long at) {
        return new Label(detection, attack, what, tenant.id(), null, from, to, at);
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
