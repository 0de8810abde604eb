package io.entrawatch.generate;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Performs the plays of the book in one tenant: each with people, addresses and a time of its own. */
final class Stage {

    private static final int SLOT_MINUTES = 90;
    private static final int SLOTS_IN_A_NIGHT = 8;
    private static final int NIGHT_FROM = 19;

    private final Tenant tenant;
    private final LocalDate start;
    private final int days;
    private final long seed;
    private final int number;
    private final Extras extras = new Extras();
    private final List<LogLine> lines = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final int[] failures;
    private int nights;

    Stage(Tenant tenant, LocalDate start, int days, long seed, int number) {
        this.tenant = tenant;
        this.start = start;
        this.days = days;
        this.seed = seed;
        this.number = number;
        this.failures = new int[days];
        PlayBook.read().forEach(this::perform);
    }

    List<LogLine> lines() {
        return lines;
    }

    List<Label> labels() {
        return labels;
    }

    /** How many sign-ins of plays fail on each day. */
    int[] failures() {
        return failures;
    }

    Extras extras() {
        return extras;
    }

    private void perform(Play play) {
        String name = play.detections().get(0);
        Chance chance = new Chance(seed, 5, number, name.hashCode(), play.attack() ? 1 : 0);
        long curtain = begin(play, chance);
        if (curtain + play.lasts().toMillis() + play.late().toMillis() > tenant.at(start.plusDays(days), 0)) {
            return;
        }
        Cast cast = new Cast(tenant, tenant.city(), chance, extras);
        Records records = new Records(tenant, cast, chance);
        long at = curtain;
        long from = Long.MAX_VALUE;
        long enough = Long.MAX_VALUE;
        for (Play.Step step : play.steps()) {
            at += step.after().toMillis();
            from = step.ordinary() ? from : Math.min(from, at);
            enough = step.enough() ? Math.min(enough, at) : enough;
            for (int i = 0; i < step.repeat(); i++) {
                long time = at + i * step.every().toMillis();
                ObjectNode said = records.numbered(step.record(), i);
                if (step.kind() == Play.Kind.SIGN_IN && said.path("code").asInt() != 0) {
                    failures[dayOf(time)]++;
                }
                lines.add(records.line(step.kind(), said, time, chance.between(5_000, 200_000)));
            }
            at += step.lasts().toMillis();
        }
        long to = at + play.late().toMillis();
        for (String detection : play.detections()) {
            labels.add(new Label(detection, play.attack(), play.what(), tenant.id(), null, from, to, null)
                    .with(play.also(), List.copyOf(cast.about()), at)
                    .notBefore(Math.min(enough, at)));
        }
    }

    private long begin(Play play, Chance chance) {
        return switch (play.when()) {
            case MORNING ->
                morning(
                        chance.of(FirstWeek.workdays(
                                start, days - (int) length(play).toDays())),
                        chance);
            case FIRST -> morning(FirstWeek.workdays(start, 1).get(0), chance);
            case WEEKEND -> {
                LocalDate saturday =
                        start.plusDays(FirstWeek.DAYS).with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
                yield tenant.at(play.attack() ? saturday : saturday.plusDays(1), 9 * 3_600);
            }
            case NIGHT -> {
                List<LocalDate> evenings = FirstWeek.evenings(start);
                int slot = nights++ % (SLOTS_IN_A_NIGHT * evenings.size());
                long evening = tenant.at(evenings.get(slot / SLOTS_IN_A_NIGHT), NIGHT_FROM * 3_600);
                yield evening
                        + Duration.ofMinutes((long) SLOT_MINUTES * (slot % SLOTS_IN_A_NIGHT))
                                .toMillis();
            }
        };
    }

    private int dayOf(long atMillis) {
        LocalDate day = Instant.ofEpochMilli(atMillis).atZone(tenant.zone()).toLocalDate();
        return (int) ChronoUnit.DAYS.between(start, day);
    }

    private static Duration length(Play play) {
        return play.lasts().plus(play.late()).plusDays(1);
    }

    private long morning(LocalDate day, Chance chance) {
        return tenant.at(day, 9 * 3_600 + chance.below(2 * 3_600)) + chance.below(1_000);
    }
}
