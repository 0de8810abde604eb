package io.entrawatch;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.cli.EntrawatchCli;
import io.entrawatch.event.LogKind;

import static org.assertj.core.api.Assertions.assertThat;

/** What the pages show can be used as it stands, and their links lead somewhere. */
class PagesTest {

    private static final Path README = Path.of("README.md");
    private static final Path RULES = Path.of("src/docs/RULES.md");
    private static final Path OUTPUT = Path.of("src/docs/OUTPUT.md");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```$");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern DEAD_LETTERS = Pattern.compile("(?s)\n## Dead letters\n(.*?)\n#");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

    /** Where a dead letter is made, its reason stands in the code as it is. */
    private static final Pattern REASON =
            Pattern.compile("(?:RejectedRecordException|DeadLetter|dead|reject)\\(\\s*\"([a-z0-9-]+)\"");

    @TempDir
    private Path directory;

    static Stream<String> rules() throws IOException {
        return BLOCK.matcher(Files.readString(README) + Files.readString(RULES))
                .results()
                .filter(block -> block.group(1).equals("yaml"))
                .map(block -> block.group(2))
                .filter(yaml -> yaml.startsWith("title:"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleOfThePagesIsRight(String rule) throws IOException {
        Path file = Files.writeString(directory.resolve("rule.yml"), rule);
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        int exit = EntrawatchCli.run(new String[] {"rules", "check", file.toString()}, writer, writer);
        assertThat(said.toString()).isEmpty();
        assertThat(exit).isZero();
    }

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path root : List.of(Path.of(""), Path.of("deploy"), Path.of("docker"), Path.of("src", "docs"))) {
            try (Stream<Path> files = Files.walk(root, root.equals(Path.of("")) ? 1 : Integer.MAX_VALUE)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkOfAPageLeadsSomewhere(Path page) throws IOException {
        List<String> dead = new ArrayList<>();
        for (String link : matches(LINK, textOf(page))) {
            if (!ELSEWHERE.matcher(link).matches() && !leadsSomewhere(page, link)) {
                dead.add(link);
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyReasonOfADeadLetterIsExplained() throws IOException {
        Set<String> made = new TreeSet<>();
        for (String part : List.of("ingest", "sink")) {
            try (Stream<Path> sources = Files.walk(Path.of("src/main/java/io/entrawatch", part))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    made.addAll(matches(REASON, Files.readString(source)));
                }
            }
        }
        String explained = matches(DEAD_LETTERS, Files.readString(OUTPUT)).get(0);
        assertThat(matches(ROW, explained)).containsExactlyInAnyOrderElementsOf(made);
    }

    /** What an event costs is measured anew now and then, and what is bought for it is reckoned on another page. */
    @Test
    void sizesAreReckonedFromWhatWasMeasured() throws IOException {
        String sizing = Files.readString(Path.of("src/docs/SIZING.md"));
        for (String[] row : new String[][] {
            {"ours-all", "on the heap (`state.backend.type: hashmap`)"},
            {"ours-all, RocksDB, checkpoints every 10 s", "RocksDB, as shipped"}
        }) {
            String measured = "(?m)^\\| " + row[0] + " \\| 1 \\| ([0-9.]+) \\(";
            double micros = Double.parseDouble(
                    matches(Pattern.compile(measured), Files.readString(Path.of("src/docs/PERFORMANCE.md")))
                            .get(0));
            assertThat(sizing)
                    .contains("| " + row[1] + " | " + Math.round(micros) + " µs")
                    .contains(String.format(Locale.ROOT, " | %,d |", Math.round(1e3 / micros) * 1_000));
        }
    }

    /** Exported for nothing, logs cost much; left out, detections are silent. */
    @Test
    void whatIsSaidToBeExportedIsWhatTheShippedDetectionsAskFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> detections = Files.walk(Path.of("conf/detections"))) {
            for (Path file : detections.filter(Files::isRegularFile).toList()) {
                asked.addAll(matches(Pattern.compile("service: ([a-z]+)"), Files.readString(file)));
            }
        }
        Set<String> exported = new TreeSet<>();
        for (LogKind kind : LogKind.values()) {
            if (kind != LogKind.AZURE_ACTIVITY && (kind == LogKind.RISKY_USER || !kind.isSnapshot())) {
                exported.add(kind.source().service());
            }
        }
        asked.retainAll(exported);
        assertThat(asked).contains("signinlogs", "auditlogs", "riskdetection");
        assertThat(services("deploy/azure/README.md", "\"category\": \"([A-Za-z]+)\""))
                .isEqualTo(asked);
        for (String settings : List.of("conf/entrawatch.yaml", "deploy/kubernetes/base/config/entrawatch.yaml")) {
            assertThat(services(settings, "insights-logs-([a-z]+)"))
                    .as(settings)
                    .isEqualTo(asked);
        }
    }

    private static Set<String> services(String file, String categories) throws IOException {
        return matches(Pattern.compile(categories), Files.readString(Path.of(file))).stream()
                .map(category -> LogKind.ofCategory(category).source().service())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static List<String> anchors(Path page) throws IOException {
        return matches(HEADING, BLOCK.matcher(Files.readString(page)).replaceAll("")).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Without code, in which nothing is a link. */
    private static String textOf(Path page) throws IOException {
        String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
        return CODE.matcher(text).replaceAll("");
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
