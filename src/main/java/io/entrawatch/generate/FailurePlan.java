package io.entrawatch.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many sign-ins fail on each day of a tenant: as many as on the same weekday before, but for one day with exactly ten
 * percent more and one with an attack.
 */
final class FailurePlan {

    private static final int WEEK = 7;
    private static final int NONE = -1;

    private static final List<String> SURGES = List.of(
            "failed-sign-in-surge",
            "failed-sign-in-surge-by-application",
            "failed-sign-in-surge-by-error-code",
            "failed-sign-in-surge-by-country");

    /** What else may notice much guessing from a few addresses. */
    private static final String[] ALSO = {
        "password-spray", "password-spray-from-network", "distributed-password-spray", "slow-password-spray"
    };

    private static final int ATTACK_FROM = 12 * 3_600;
    private static final int ATTACK_SECONDS = 2 * 3_600;
    private static final int WORK_FROM = 9 * 3_600;
    private static final int WORK_SECONDS = 8 * 3_600;

    private final Tenant tenant;
    private final LocalDate start;
    private final int[] counts;
    private final int[] played;
    private final int attackDay;
    private final int nearMissDay;
    private final int attackSize;

    /** @param played how many sign-ins fail on each day without being in this plan */
    FailurePlan(Tenant tenant, LocalDate start, int days, int[] played, Chance chance) {
        this.tenant = tenant;
        this.start = start;
        this.counts = new int[days];
        this.played = played;
        int users = tenant.staff().size();
        for (int day = 0; day < days; day++) {
            boolean weekend = isWeekend(start.plusDays(day));
            counts[day] = weekend ? Math.max(6, users / 50) : Math.max(10, users * 6 / 100);
        }
        attackDay = attackDay(start, days, chance);
        attackSize = attackDay == NONE ? 0 : counts[attackDay] * 2 + 80;
        nearMissDay = nearMissDay(days);
        if (nearMissDay != NONE) {
            counts[nearMissDay] = counts[nearMissDay - WEEK] * 110 / 100;
        }
        if (attackDay != NONE) {
            counts[attackDay] += attackSize;
        }
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
    private int nearMissDay(int days) {
        for (int day = days - 1; day >= WEEK; day--) {
            if (isWeekend(start.plusDays(day))
                    && day != attackDay
                    && day - WEEK != attackDay
                    && day + WEEK != attackDay) {
                return day;
            }
        }
        return NONE;
    }

    /** The times of a day's ordinary failures, within working hours of the tenant. */
    List<Long> ordinary(int day, Chance chance) {
        int planned = counts[day] - (day == attackDay ? attackSize : 0);
        // In the first week, which is compared with nothing, plays come on top of it.
        return times(day, day < WEEK ? planned : Math.max(0, planned - played[day]), WORK_FROM, WORK_SECONDS, chance);
    }

    /** The times of a day's failures in an attack. */
    List<Long> attack(int day, Chance chance) {
        return day == attackDay ? times(day, attackSize, ATTACK_FROM, ATTACK_SECONDS, chance) : List.of();
    }

    private List<Long> times(int day, int count, int from, int seconds, Chance chance) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(tenant.at(start.plusDays(day), from + chance.below(seconds)) + chance.below(1_000));
        }
        return times;
    }

    /** What the day has to come to, given when its sign-ins failed. */
    List<Label> labels(int day, List<Long> ordinary, List<Long> attack) {
        List<Label> labels = new ArrayList<>();
        if (day < WEEK) {
            return labels;
        }
        List<Long> all = new ArrayList<>(ordinary);
        all.addAll(attack);
        Collections.sort(all);
        int allowed = counts[day - WEEK] * 110 / 100;
        if (all.size() > allowed) {
            long at = all.get(allowed);
            labels.add(label("failed-sign-in-increase", true, "more than 10 % more", all.get(0), at, at));
        } else if (day == nearMissDay) {
            long last = all.get(all.size() - 1);
            labels.add(label("failed-sign-in-increase", false, "exactly 10 % more", all.get(0), last, null));
            for (String detection : SURGES) {
                labels.add(label(detection, false, "exactly 10 % more", all.get(0), last, null));
            }
        }
        if (day == attackDay) {
            long last = Collections.max(attack);
            for (String detection : SURGES) {
                labels.add(label(detection, true, "password guessing", Collections.min(attack), last, null)
                        .also(ALSO));
            }
        }
        return labels;
    }

    private Label label(
            String detection,
            boolean attack,
            String what,
            long from,
            long to,
            @org.jspecify.annotations.Nullable Long at) {
        return new Label(detection, attack, what, tenant.id(), null, from, to, at);
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
