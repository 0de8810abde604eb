package io.entrawatch.generate;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.cli.ScanResult;
import io.entrawatch.cli.ScorecardRun;

import static org.assertj.core.api.Assertions.assertThat;

/** Nearly all attacks of generated tenants are found, and nearly nothing else. */
class GeneratedTenantsTest {

    private static final int SEEDS = 3;

    /** So many of a tenant that what is played on a Sunday is less than a tenth of that day. */
    private static final int PEOPLE = 400;

    private static final double RECALL = 0.99;
    private static final double PRECISION = 0.95;

    @TempDir
    private Path directory;

    /** Seeds that nobody chose: they come of the detections themselves, and change with them. */
    static Stream<Long> seeds() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> files = Files.walk(Path.of("conf", "detections"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                digest.update(Files.readAllBytes(file));
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        List<Long> seeds = new ArrayList<>();
        for (int i = 0; i < SEEDS; i++) {
            seeds.add(bytes.getLong());
        }
        return seeds.stream();
    }

    @Test
    void everyDetectionFindsItsAttacksAndLeavesTheRestAlone() throws Exception {
        ScorecardRun run = new ScorecardRun(PEOPLE, 15, directory);
        for (long seed : seeds().toList()) {
            ScanResult result = run.add(seed);
            assertWhole(result);
            assertNoDoubtAboutTravel(result);
        }
        assertGood(run);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("seeds")
    void andInSeveralTenantsOverADayOf23Hours(long seed) throws Exception {
        ScorecardRun run = new ScorecardRun(3 * PEOPLE, 29, directory);
        assertWhole(run.add(seed, 3));
        assertGood(run);
    }

    /** The labels go with the week, and so does what the organization says of itself. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-04", "2025-12-22"})
    void whicheverDayTheLogsBegin(LocalDate start) throws Exception {
        ScorecardRun run = new ScorecardRun(200, 15, directory).from(start);
        assertWhole(run.add(1));
        assertThat(run.card().missed()).isEmpty();
        assertThat(run.card().wrong()).isEmpty();
    }

    private static void assertWhole(ScanResult result) {
        assertThat(result.summary().get("dead_letters").asLong()).isZero();
        assertThat(result.summary().get("detections_off").size()).isZero();
    }

    /** Whoever stole a password does not have the device as well. */
    private static void assertNoDoubtAboutTravel(ScanResult result) {
        assertThat(result.documents())
                .filteredOn(alert -> alert.at("/rule/id").asText().equals("impossible-travel"))
                .isNotEmpty()
                .allMatch(alert ->
                        alert.at("/entrawatch/level_reasons").toString().indexOf("managed device") < 0);
    }

    private static void assertGood(ScorecardRun run) {
        Scorecard card = run.card();
        String explained = String.join("\n", card.missed()) + "\n" + String.join("\n", card.wrong());
        card.rows().forEach((name, row) -> {
            assertThat(row.recall()).as(name + "\n" + explained).isGreaterThanOrEqualTo(RECALL);
            assertThat(row.precision()).as(name + "\n" + explained).isGreaterThanOrEqualTo(PRECISION);
            assertThat(row.attacks()).as("attacks for " + name).isPositive();
            assertThat(row.nearMisses()).as("near misses for " + name).isPositive();
        });
    }
}
