package io.entrawatch.generate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.cli.Scan;
import io.entrawatch.cli.ScanResult;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Organization;
import io.entrawatch.detection.OrganizationReader;
import io.entrawatch.testkit.Replay;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** All attacks of generated tenants are found, and nothing else. */
class GeneratedTenantsTest {

    private static final int SEEDS = 3;
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

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

    @ParameterizedTest
    @MethodSource("seeds")
    void recallAndPrecisionAreOne(long seed) throws Exception {
        assertPerfect(new Generator(300, 22, seed, 3, MONDAY));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("seeds")
    void andInLargeTenantsOverDaysOf23And25Hours(long seed) throws Exception {
        assertPerfect(new Generator(4_000, 43, seed, 9, MONDAY));
    }

    private void assertPerfect(Generator generator) throws Exception {
        Path logs = directory.resolve("logs");
        generator.write(logs);
        ScanResult result = scan(logs);
        Scorecard card = Scorecard.of(logs.resolve("labels.ndjson"), result.documents());
        assertThat(card.missed()).isEmpty();
        assertThat(card.wrong()).isEmpty();
        for (Map.Entry<String, Scorecard.Row> row : card.rows().entrySet()) {
            assertThat(row.getValue().attacks()).as(row.getKey()).isPositive();
            assertThat(row.getValue().nearMisses()).as(row.getKey()).isPositive();
            assertThat(row.getValue().recall()).isEqualTo(1.0);
            assertThat(row.getValue().precision()).isEqualTo(1.0);
        }
        assertThat(card.rows()).hasSize(4);
        assertThat(result.summary().get("dead_letters").asLong()).isZero();
    }

    private ScanResult scan(Path logs) throws Exception {
        Organization organization = organization(logs);
        Catalogue catalogue = Replay.catalogue(organization);
        Path out = Files.createDirectories(directory.resolve("out"));
        List<Path> files =
                List.of(logs.resolve("signins.ndjson"), logs.resolve("audit.ndjson"), logs.resolve("risk.ndjson"));
        return new Scan(catalogue, organization, 2).run(files, out, events -> {});
    }

    private static Organization organization(Path logs) throws IOException {
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(logs.resolve("organization.yaml"), problems);
        problems.throwIfAny();
        return organization;
    }
}
