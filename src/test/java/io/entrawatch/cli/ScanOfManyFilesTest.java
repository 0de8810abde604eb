package io.entrawatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.testkit.SeededCases;
import io.entrawatch.testkit.TenantLogs;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** Logs that are cut into files in one way or another are the same logs. */
class ScanOfManyFilesTest {

    private static final int PARTS = 12;

    @TempDir
    private Path directory;

    @Test
    void howLogsAreCutIntoFilesChangesNothing() throws Exception {
        TenantLogs logs = TenantLogs.generate(directory.resolve("tenant"), 40, 8, 3, LocalDate.of(2026, 3, 2));
        List<String> records = logs.lines().stream().map(SeededCases.Line::json).toList();
        List<String> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(1));

        List<String> expected = scan(logs, 1, Map.of("all", records));
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(scan(logs, 2, Map.of("all", shuffled))).isEqualTo(expected);
        assertThat(scan(logs, 2, byKind(records))).isEqualTo(expected);
        assertThat(scan(logs, 2, following(records))).isEqualTo(expected);
        assertThat(scan(logs, 1, dealtOut(records))).isEqualTo(expected);
    }

    @Test
    void manyFilesAreReadInTheirOrderAsIfTheyArrivedNow() throws Exception {
        TenantLogs logs = TenantLogs.generate(directory.resolve("tenant"), 10, 2, 3, LocalDate.of(2026, 3, 2));
        List<String> records = logs.lines().stream().map(SeededCases.Line::json).toList();
        Map<String, List<String>> files = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            files.computeIfAbsent(String.format("part-%03d", 200 * i / records.size()), none -> new ArrayList<>())
                    .add(records.get(i));
        }
        assertThat(files).hasSize(200);
        Duration lateness = Duration.ofHours(1);

        List<String> expected = scan(logs, 1, Map.of("all", records), lateness);
        assertThat(expected).isNotEmpty();
        assertThat(scan(logs, 2, files, lateness)).isEqualTo(expected);
    }

    private static Map<String, List<String>> byKind(List<String> records) {
        Map<String, List<String>> files = new TreeMap<>();
        for (String json : records) {
            String kind = json.contains("\"AuditLogs\"") ? "audit" : "others";
            files.computeIfAbsent(kind, none -> new ArrayList<>()).add(json);
        }
        assertThat(files).hasSize(2);
        return files;
    }

    /** Later ones have names that come earlier. */
    private static Map<String, List<String>> following(List<String> records) {
        Map<String, List<String>> files = new TreeMap<>();
        for (int i = 0; i < PARTS; i++) {
            files.put(
                    "part-" + (char) ('z' - i),
                    records.subList(records.size() * i / PARTS, records.size() * (i + 1) / PARTS));
        }
        return files;
    }

    private static Map<String, List<String>> dealtOut(List<String> records) {
        Map<String, List<String>> files = new TreeMap<>();
        for (int i = 0; i < records.size(); i++) {
            files.computeIfAbsent("part-" + i % PARTS, none -> new ArrayList<>())
                    .add(records.get(i));
        }
        return files;
    }

    /** The alerts in an order of their own, whole. */
    private List<String> scan(TenantLogs logs, int parallelism, Map<String, List<String>> files) throws Exception {
        return scan(logs, parallelism, files, null);
    }

    private List<String> scan(TenantLogs logs, int parallelism, Map<String, List<String>> files, Duration lateness)
            throws Exception {
        Problems problems = new Problems();
        Organization organization = OrganizationReader.read(logs.organization(), problems);
        Path input = Files.createTempDirectory(directory, "input-");
        for (Map.Entry<String, List<String>> file : files.entrySet()) {
            Files.write(input.resolve(file.getKey() + ".ndjson"), file.getValue());
        }
        Path out = Files.createTempDirectory(directory, "out-");
        Catalogue catalogue = logs.catalogue();
        new Scan(catalogue, organization, parallelism).lateness(lateness).run(List.of(input), out, Progress.NONE);
        assertThat(out.resolve("late.ndjson")).isEmptyFile();
        ObjectMapper mapper = new ObjectMapper();
        List<String> alerts = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("alerts.ndjson"))) {
            JsonNode alert = mapper.readTree(line);
            alerts.add(alert.toString());
        }
        Collections.sort(alerts);
        return alerts;
    }
}
