package io.entrawatch.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.cli.ScorecardRun;

import static org.assertj.core.api.Assertions.assertThat;

/** Near misses lie next to the bounds of their detections: whoever loosens one a little gets a wrong alert. */
class NearMissesTest {

    /** By detection: a bound, and the same a little looser. */
    private static final Map<String, List<String>> LOOSENED = new LinkedHashMap<>();

    static {
        for (String name : List.of(
                "brute-force",
                "brute-force-on-privileged-account",
                "interrupted-sign-ins",
                "interrupted-sign-ins-of-privileged-account",
                "mfa-fatigue",
                "mfa-fatigue-on-privileged-account")) {
            LOOSENED.put(name, List.of("timespan: 10m", "timespan: 11m"));
        }
        for (String name : List.of(
                "failed-sign-in-surge", "failed-sign-in-surge-by-application", "failed-sign-in-surge-by-error-code")) {
            LOOSENED.put(name, List.of("at-least: 50", "at-least: 49"));
        }
        LOOSENED.put("failed-sign-in-surge-by-country", List.of("at-least: 50", "at-least: 40"));
        LOOSENED.put("failed-sign-in-increase", List.of("by: 10%", "by: 9%"));
        LOOSENED.put("account-deleted-within-a-week", List.of("timespan: 7d", "timespan: 10082m"));
        LOOSENED.put("new-account-made-privileged", List.of("timespan: 24h", "timespan: 1442m"));
        LOOSENED.put("account-missing-attributes", List.of("timespan: 10m", "timespan: 8m"));
        LOOSENED.put("password-spray-succeeded-early", List.of("timespan: 20m", "timespan: 22m"));
        LOOSENED.put("brute-force-on-privileged-account-succeeded", List.of("timespan: 20m", "timespan: 22m"));
        LOOSENED.put("mfa-fatigue-on-privileged-account-succeeded", List.of("timespan: 30m", "timespan: 32m"));
        LOOSENED.put("alert-budget-exceeded", List.of("gte: 100", "gte: 99"));
        LOOSENED.put("many-tries-before-password-reset", List.of("gte: 15", "gte: 14"));
        LOOSENED.put("distributed-password-spray", List.of("gte: 20", "gte: 19"));
        for (String name : List.of("mass-account-deletion", "low-and-slow-guessing", "slow-password-spray")) {
            LOOSENED.put(name, List.of("gte: 10", "gte: 9"));
        }
        LOOSENED.put("brute-force-on-many-accounts", List.of("gte: 10, field", "gte: 9, field"));
        LOOSENED.put("password-spray-from-network", List.of("gte: 8", "gte: 7"));
        for (String name : List.of(
                "many-accounts-locked",
                "many-accounts-locked-from-one-address",
                "password-spray",
                "failures-from-many-networks",
                "interrupts-by-conditional-access",
                "interrupts-on-many-accounts")) {
            LOOSENED.put(name, List.of("gte: 5", "gte: 4"));
        }
        for (String name : List.of("disabled-account-on-many-apps", "disabled-accounts-from-one-address")) {
            LOOSENED.put(name, List.of("gte: 3", "gte: 2"));
        }
    }

    @TempDir
    private Path directory;

    @Test
    void aLoosenedDetectionIsWrongAboutItsNearMiss() throws Exception {
        Path rules = Files.createDirectories(directory.resolve("rules"));
        for (Map.Entry<String, List<String>> loosened : LOOSENED.entrySet()) {
            String shipped = Files.readString(detection(loosened.getKey()));
            assertThat(shipped).contains(loosened.getValue().get(0));
            String loose = shipped.replace(
                    loosened.getValue().get(0), loosened.getValue().get(1));
            Files.writeString(rules.resolve(loosened.getKey() + ".yml"), loose);
        }
        ScorecardRun run = new ScorecardRun(300, 15, directory).with(rules);
        run.add(1);
        for (String name : LOOSENED.keySet()) {
            assertThat(run.card().wrong()).as(name).anyMatch(wrong -> wrong.startsWith(name + " on near miss of "));
        }
    }

    private static Path detection(String name) throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("conf", "detections"))) {
            return files.filter(file -> file.getFileName().toString().equals(name + ".yml"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
