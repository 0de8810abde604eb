package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.testkit.GeneratedRules;
import io.entrawatch.yaml.Problems;

/** Writes the settings of our own variants. */
final class Jobs {

    private static final Path THREE = Path.of("src/benchmark/resources/detections");

    private final BenchmarkData data;
    private final Path home;

    /** @param home where settings and rules are written */
    Jobs(BenchmarkData data, Path home) {
        this.data = data;
        this.home = home;
    }

    /** The settings of a job with three detections. */
    Path three(int parallelism, Path out) throws IOException {
        List<Path> detections = List.of(THREE.toAbsolutePath(), shippedOnesOff());
        return settings(files(parallelism), detections, null, out, options(parallelism, Map.of()));
    }

    /** The settings of a job with the shipped catalogue, and so many rules beside it. */
    Path all(int parallelism, int moreRules, Path out, Map<String, String> flink) throws IOException {
        return settings(files(parallelism), more(moreRules), data.organization(), out, options(parallelism, flink));
    }

    /** As {@link #all}, from a topic. */
    Path allFromKafka(String bootstrapServers, String topic, Path out) throws IOException {
        String source = "{ name: kafka, kafka: { bootstrap-servers: '" + bootstrapServers + "', topics: [ " + topic
                + " ], start-from: earliest, until-now: true } }";
        return settings(source, List.of(), data.organization(), out, options(1, Map.of()));
    }

    private String files(int parallelism) {
        return "{ name: files, files: { paths: [ "
                + data.files(parallelism).stream()
                        .map(file -> quoted(file.toAbsolutePath()))
                        .collect(Collectors.joining(", "))
                + " ] } }";
    }

    private static Map<String, String> options(int parallelism, Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(more);
        options.put("parallelism.default", Integer.toString(parallelism));
        options.put("restart-strategy.type", "none");
        return options;
    }

    private static Path settings(
            String source, List<Path> detections, @Nullable Path organization, Path out, Map<String, String> flink)
            throws IOException {
        StringBuilder yaml = new StringBuilder("sources: [ ").append(source).append(" ]\ndetections: [ ");
        yaml.append(detections.stream().map(Jobs::quoted).collect(Collectors.joining(", ")))
                .append(" ]\n");
        if (organization != null) {
            yaml.append("organization: ")
                    .append(quoted(organization.toAbsolutePath()))
                    .append('\n');
        }
        yaml.append("outputs: { files: { directory: ")
                .append(quoted(out.toAbsolutePath()))
                .append(" } }\nflink:\n");
        flink.forEach((name, value) ->
                yaml.append("  ").append(name).append(": '").append(value).append("'\n"));
        Files.createDirectories(out);
        return Files.writeString(out.resolveSibling(out.getFileName() + ".yaml"), yaml);
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    /** Switches for all detections that come with Entrawatch. */
    private Path shippedOnesOff() throws IOException {
        Problems problems = new Problems();
        Catalogue shipped = CatalogueReader.read(List.of(), Organization.UNKNOWN, problems);
        problems.throwIfAny();
        List<Catalogue.Entry> entries = new ArrayList<>(shipped.entries());
        entries.addAll(shipped.parts());
        return Files.writeString(
                home.resolve("off.yml"),
                entries.stream()
                        .map(entry -> "name: " + entry.detection().name() + "\nenabled: false\n")
                        .collect(Collectors.joining("---\n")));
    }

    private List<Path> more(int rules) throws IOException {
        return rules == 0
                ? List.of()
                : List.of(Files.writeString(home.resolve(rules + "-rules.yml"), GeneratedRules.rules(rules)));
    }
}
