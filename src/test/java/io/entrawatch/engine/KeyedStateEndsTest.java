package io.entrawatch.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.engine.wire.Sighting;
import io.entrawatch.engine.wire.TravelFacts;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Place;

import static io.entrawatch.engine.Operators.LAGOS;
import static io.entrawatch.engine.Operators.MONDAY;
import static io.entrawatch.engine.Operators.OSLO;
import static io.entrawatch.engine.Operators.alert;
import static io.entrawatch.engine.Operators.comparing;
import static io.entrawatch.engine.Operators.ids;
import static io.entrawatch.engine.Operators.ofObservations;
import static io.entrawatch.engine.Operators.open;
import static io.entrawatch.engine.Operators.ordering;
import static io.entrawatch.engine.Operators.record;
import static io.entrawatch.engine.Operators.seen;
import static io.entrawatch.engine.Operators.step;
import static io.entrawatch.engine.Operators.suppressing;
import static io.entrawatch.engine.Operators.value;
import static io.entrawatch.engine.Operators.visit;
import static org.assertj.core.api.Assertions.assertThat;

/** All state has an end in event time, and a restart in between changes nothing. */
class KeyedStateEndsTest {

    /** Of one user, as travel remembers them. */
    private static final int MOST_VISITS = 16;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int USERS = 5;

    private static final OutputTag<Observation> BURSTS =
            new OutputTag<>("follow-brute-force-succeeded", TypeInformation.of(Observation.class));

    /** The longest memory is that of the comparison of days, 35 days, and then 48 hours for late events. */
    private static final Duration BEYOND_EVERYTHING = Duration.ofDays(35 + 2 + 3);

    @Test
    void whatWaitsForItsTurnGoes() throws Exception {
        try (var harness = ordering()) {
            for (Observation visit : visits()) {
                harness.processElement(seen(visit));
            }
            harness.prepareSnapshotPreBarrier(1);
            assertThat(harness.numKeyedStateEntries()).isPositive();
            assertNothingRemains(harness);
            assertThat(ids(harness, Stages.TRAVEL)).hasSize(visits().size());
        }
    }

    @Test
    void aTravellersHistoryGoes() throws Exception {
        try (var harness = open(ofObservations("check-travel"))) {
            for (Observation visit : visits()) {
                harness.processElement(record(visit));
                harness.processWatermark(visit.atMillis());
            }
            assertThat(harness.numKeyedStateEntries()).isEqualTo(USERS);
            assertNothingRemains(harness);
            assertThat(harness.extractOutputValues()).isNotEmpty();
        }
    }

    @Test
    void theHistoryOfALateVisitGoesToo() throws Exception {
        try (var harness = open(ofObservations("check-travel"))) {
            harness.processWatermark(MONDAY.plus(DAY.multipliedBy(100)).toEpochMilli());
            harness.processElement(record(visit("anna", "long-ago", MONDAY, OSLO)));
            harness.processWatermark(MONDAY.plus(DAY.multipliedBy(101)).toEpochMilli());
            assertNothingLeft(harness);
        }
    }

    @Test
    void theQuietTimeAfterAnAlertEnds() throws Exception {
        try (var harness = open(suppressing())) {
            for (int i = 0; i < 10; i++) {
                Instant at = MONDAY.plus(HOUR.multipliedBy(i));
                Alert alert = alert("key-" + i % 2, at, Duration.ofHours(6).toMillis());
                harness.processElement(record(alert, at.toEpochMilli()));
            }
            // Six hours later is no longer quiet.
            assertThat(harness.extractOutputValues())
                    .extracting(alert -> Duration.ofMillis(alert.atMillis() - MONDAY.toEpochMilli())
                            .toHours())
                    .containsExactly(0L, 1L, 6L, 7L);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            assertNothingRemains(harness);
        }
    }

    @Test
    void nothingIsKeptOfAnAlertOfWhichNoRepeatIsHeldBack() throws Exception {
        try (var harness = open(suppressing())) {
            Instant far = MONDAY.plus(DAY.multipliedBy(30_000));
            Alert alert = alert("key", far, Duration.ofHours(6).toMillis());
            harness.processElement(record(alert.withoutRepeats(), far.toEpochMilli()));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.processElement(record(alert("key", MONDAY, 0), MONDAY.toEpochMilli()));
            assertThat(harness.extractOutputValues()).hasSize(2);
        }
    }

    @Test
    void theCountsOfDaysGo() throws Exception {
        try (var harness = comparing()) {
            for (int day = 0; day < 30; day++) {
                for (int i = 0; i < 12 + day; i++) {
                    Instant at = MONDAY.plus(DAY.multipliedBy(day)).plusSeconds(i);
                    Observation failure = step("failed-sign-in-increase", "", 0, "f-" + day + "-" + i, at);
                    harness.processElement(record(Observations.of(failure), at.toEpochMilli()));
                    harness.processWatermark(at.toEpochMilli());
                }
            }
            assertThat(harness.extractOutputValues()).isNotEmpty();
            assertThat(harness.numKeyedStateEntries()).isPositive();
            harness.processWatermark(
                    MONDAY.plus(DAY.multipliedBy(30)).plus(BEYOND_EVERYTHING).toEpochMilli());
            assertNothingLeft(harness);
        }
    }

    @Test
    void whatComesTogetherCountsForTheDayOfEach() throws Exception {
        Instant midnight = MONDAY.minus(HOUR.multipliedBy(12));
        List<String> found = new ArrayList<>();
        for (boolean together : new boolean[] {true, false}) {
            try (var harness = comparing()) {
                List<Observation> failures = new ArrayList<>();
                for (int day = 1; day <= 10; day++) {
                    int before = day == 8 ? 20 : 12;
                    Instant end = midnight.plus(DAY.multipliedBy(day));
                    for (int i = 0; i < before; i++) {
                        String id = "f-%02d-%02d".formatted(day, i);
                        failures.add(step("failed-sign-in-increase", "", 0, id, end.minusMillis(before - i)));
                    }
                }
                Instant last = midnight.plus(DAY.multipliedBy(10));
                if (together) {
                    harness.processElement(
                            record(new Observations(failures.get(0).key(), failures), last.toEpochMilli()));
                } else {
                    for (Observation failure : failures) {
                        harness.processElement(record(Observations.of(failure), failure.atMillis()));
                    }
                }
                found.add(harness.extractOutputValues().toString());
                assertThat(harness.extractOutputValues())
                        .extracting(alert -> alert.evidence().events().get(0).id())
                        .first()
                        .asString()
                        .startsWith("f-08-");
            }
        }
        assertThat(found.get(0)).isEqualTo(found.get(1));
    }

    @Test
    void begunAndFinishedSequencesGo() throws Exception {
        try (var harness = open(ofObservations("follow-short-lived-account"))) {
            for (int i = 0; i < 10; i++) {
                Instant at = MONDAY.plusSeconds(i);
                harness.processElement(record(step("short-lived-account", "account-" + i, 0, "c-" + i, at)));
                if (i % 2 == 0) {
                    Instant later = at.plus(HOUR);
                    harness.processElement(record(step("short-lived-account", "account-" + i, 1, "d-" + i, later)));
                }
                harness.processElement(record(step("short-lived-account", "never-made-" + i, 1, "x-" + i, at)));
            }
            harness.processWatermark(MONDAY.plus(HOUR.multipliedBy(2)).toEpochMilli());
            assertThat(harness.extractOutputValues()).hasSize(5);
            assertThat(harness.numKeyedStateEntries()).isPositive();
            assertNothingRemains(harness);
            assertThat(harness.extractOutputValues()).hasSize(5);
        }
    }

    @Test
    void countsGoWithTheirSpan() throws Exception {
        try (var harness = open(ofObservations("count"))) {
            for (int i = 0; i < 40; i++) {
                Instant at = MONDAY.plusSeconds(i);
                harness.processElement(record(step("brute-force", "user-" + i % 2, 0, "f-" + i, at)));
                harness.processWatermark(at.toEpochMilli());
            }
            assertThat(harness.extractOutputValues()).hasSize(2);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
            assertNothingRemains(harness);
        }
    }

    @Test
    void whatWasSeenIsForgottenWithItsMemory() throws Exception {
        try (var harness = open(ofObservations("first-seen"))) {
            for (int i = 0; i < 20; i++) {
                Instant at = MONDAY.plus(DAY.multipliedBy(i));
                harness.processElement(record(value("new-country-for-user", "user-1", "v-" + i, at, "C" + i / 18)));
                harness.processWatermark(at.toEpochMilli());
            }
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.numKeyedStateEntries()).isPositive();
            harness.processWatermark(
                    MONDAY.plus(DAY.multipliedBy(20 + 30 + 30 / 16 + 1)).toEpochMilli());
            assertNothingLeft(harness);
        }
    }

    @Test
    void gatesThatWereOpenedClose() throws Exception {
        try (var harness = ordering()) {
            harness.processElement(seen(step("brute-force-succeeded", "anna", 1, "too-early", MONDAY)));
            harness.processElement(seen(step("brute-force-succeeded", "anna", 0, "burst", MONDAY.plusSeconds(1))));
            harness.processElement(seen(step("brute-force-succeeded", "anna", 1, "in", MONDAY.plusSeconds(2))));
            harness.processElement(seen(step("brute-force-succeeded", "berta", 1, "as-ever", MONDAY.plusSeconds(3))));
            harness.processWatermark(MONDAY.plusSeconds(60).toEpochMilli());
            assertThat(ids(harness, BURSTS)).containsExactly("burst", "in");
            assertThat(harness.numKeyedStateEntries()).isPositive();
            assertNothingRemains(harness);
        }
    }

    @Test
    void aGateClosesBehindWhatCameThroughInItsTime() throws Exception {
        for (boolean inState : new boolean[] {false, true}) {
            try (var harness = ordering()) {
                harness.processElement(seen(step("brute-force-succeeded", "anna", 0, "burst", MONDAY)));
                harness.processWatermark(MONDAY.toEpochMilli());
                harness.processElement(seen(step("brute-force-succeeded", "anna", 1, "in", MONDAY.plusSeconds(1))));
                if (inState) {
                    harness.prepareSnapshotPreBarrier(1);
                }
                harness.processWatermark(MONDAY.plus(DAY).toEpochMilli());
                assertThat(ids(harness, BURSTS)).containsExactly("burst", "in");
                assertNothingRemains(harness);
            }
        }
    }

    @Test
    void aRestartInTheMiddleChangesNoOrder() throws Exception {
        List<Observation> visits = visits();
        Collections.reverse(visits);
        List<String> undisturbed;
        try (var harness = ordering()) {
            see(harness, visits);
            harness.processWatermark(Long.MAX_VALUE);
            undisturbed = ids(harness, Stages.TRAVEL);
        }
        List<String> restarted = new ArrayList<>();
        OperatorSubtaskState state;
        int half = visits.size() / 2;
        try (var harness = ordering()) {
            see(harness, visits.subList(0, half));
            harness.processWatermark(MONDAY.plus(HOUR.dividedBy(2)).toEpochMilli());
            harness.prepareSnapshotPreBarrier(1);
            state = harness.snapshot(1, 1);
            assertThat(ids(harness, Stages.TRAVEL)).hasSize(USERS);
            restarted.addAll(ids(harness, Stages.TRAVEL));
        }
        try (var harness = Operators.orderingFrom(state)) {
            see(harness, visits.subList(half, visits.size()));
            harness.processWatermark(Long.MAX_VALUE);
            restarted.addAll(ids(harness, Stages.TRAVEL));
        }
        assertThat(restarted).containsExactlyInAnyOrderElementsOf(undisturbed).hasSize(visits.size());
        for (int user = 0; user < USERS; user++) {
            String mark = "-" + user;
            assertThat(restarted.stream().filter(id -> id.endsWith(mark)))
                    .containsExactlyElementsOf(
                            undisturbed.stream().filter(id -> id.endsWith(mark)).toList());
        }
    }

    @Test
    void aRestartInTheMiddleForgetsNoTravel() throws Exception {
        List<Observation> visits = visits();
        List<Alert> undisturbed;
        try (var harness = open(ofObservations("check-travel"))) {
            feed(harness, visits);
            undisturbed = List.copyOf(harness.extractOutputValues());
        }
        List<Alert> restarted = new ArrayList<>();
        OperatorSubtaskState state;
        int half = visits.size() / 2;
        try (var harness = open(ofObservations("check-travel"))) {
            feed(harness, visits.subList(0, half));
            harness.prepareSnapshotPreBarrier(1);
            state = harness.snapshot(1, 1);
            restarted.addAll(harness.extractOutputValues());
        }
        try (var harness = ofObservations("check-travel")) {
            harness.initializeState(state);
            harness.open();
            feed(harness, visits.subList(half, visits.size()));
            restarted.addAll(harness.extractOutputValues());
            assertNothingRemains(harness);
        }
        assertThat(restarted).isEqualTo(undisturbed).isNotEmpty();
    }

    /** Whether it has been looked at since is a matter of chance. */
    @Test
    void visitsThatAreOutOfDateMakeRoomForASessionOfToday() throws Exception {
        Instant today = MONDAY.plus(HOUR.multipliedBy(73));
        try (var harness = open(ofObservations("check-travel"))) {
            for (int i = 0; i < MOST_VISITS - 3; i++) {
                harness.processElement(record(inTheBackground("anna", "old-" + i, MONDAY.plusSeconds(i), "", i, OSLO)));
            }
            for (int i = 0; i < 3; i++) {
                harness.processElement(
                        record(inTheBackground("anna", "new-" + i, today.plusSeconds(i), "session-" + i, 99, OSLO)));
            }
            harness.processElement(record(inTheBackground("anna", "other", today.plusSeconds(9), "other", 98, OSLO)));
            assertThat(harness.extractOutputValues()).isEmpty();
            Instant later = today.plus(HOUR);
            harness.processElement(record(inTheBackground("anna", "stolen", later, "session-0", 97, LAGOS)));
            assertThat(harness.extractOutputValues())
                    .flatExtracting(alert -> alert.evidence().events())
                    .extracting(EventSummary::id)
                    .containsExactly("new-0", "stolen");
        }
    }

    private static Observation inTheBackground(
            String user, String id, Instant at, String session, long network, Place city) {
        Place place = new Place(city.latitude(), city.longitude(), 0, city.city(), null, city.country(), network);
        Observation visit = visit(user, id, at, place);
        String address = city.latitude() > 30 ? "192.0.2.1" : "198.51.100.1";
        TravelFacts facts = new TravelFacts(false, session, false, false, address, place);
        return new Observation(visit.key(), 0, visit.atMillis(), false, id, visit.event(), null, null, Map.of(), facts);
    }

    /** Four visits of each of some users, to and fro, newest first. */
    private static List<Observation> visits() {
        List<Observation> visits = new ArrayList<>();
        for (int i = 3; i >= 0; i--) {
            for (int user = 0; user < USERS; user++) {
                Instant at = MONDAY.plus(HOUR.multipliedBy(i)).plusSeconds(user);
                visits.add(visit("user-" + user, "v" + i + "-" + user, at, i % 2 == 0 ? OSLO : LAGOS));
            }
        }
        return visits;
    }

    private static void see(
            KeyedOneInputStreamOperatorTestHarness<String, Sighting, ?> harness, List<Observation> observations)
            throws Exception {
        for (Observation observation : observations) {
            harness.processElement(seen(observation));
        }
    }

    private static void feed(
            KeyedOneInputStreamOperatorTestHarness<Key, Observation, ?> harness, List<Observation> observations)
            throws Exception {
        for (Observation observation : observations) {
            harness.processElement(record(observation));
        }
    }

    private static void assertNothingRemains(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness) throws Exception {
        harness.processWatermark(MONDAY.plus(BEYOND_EVERYTHING).toEpochMilli());
        assertNothingLeft(harness);
    }

    private static void assertNothingLeft(KeyedOneInputStreamOperatorTestHarness<?, ?, ?> harness) {
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }
}
