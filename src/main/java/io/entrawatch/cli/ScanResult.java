package io.entrawatch.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.flink.api.common.JobExecutionResult;
import org.jspecify.annotations.Nullable;

import io.entrawatch.cli.live.Numbers;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.engine.RecordCounts;
import io.entrawatch.report.ReportPage;
import io.entrawatch.sink.Document;
import io.entrawatch.yaml.FileReason;

/** What a scan found: the files it left, and their summary. */
public final class ScanResult {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ALERTS = "alerts.ndjson";
    private static final String DEAD_LETTERS = "dead-letters.ndjson";
    private static final String LATE = "late.ndjson";
    private static final String SUMMARY = "summary.json";
    private static final List<String> NAMES = List.of(ALERTS, DEAD_LETTERS, LATE, SUMMARY);

    /** What stands near the beginning of each, whatever was found. */
    private static final Map<String, Pattern> BEGINNINGS = Map.of(
            ALERTS, Pattern.compile("\\{\"@timestamp\":.*\"dataset\":\"entrawatch\\.alerts\""),
            DEAD_LETTERS, Pattern.compile("\\{\"reason\":\"[a-z-]+\",\"detail\":"),
            LATE, Pattern.compile("\\{\"@timestamp\":.*\"late_by_ms\":"),
            SUMMARY, Pattern.compile("\\{\\s+\"events\" : \\d+,\\s+\"evaluated\" :"));

    private static final int HEAD = 64 * 1024;

    private final int alerts;
    private final ObjectNode summary;
    private final Path directory;
    private @Nullable List<JsonNode> documents;

    private ScanResult(int alerts, ObjectNode summary, Path directory) {
        this.directory = directory;
        this.alerts = alerts;
        this.summary = summary;
    }

    /**
     * Joins the parts that the subtasks wrote, alerts in the order of time, and adds the counts up. The summary comes last:
     * where there is one, all else is there.
     */
    static ScanResult collect(JobExecutionResult job, Path parts, Path out, Catalogue catalogue) throws IOException {
        AlertOrder alerts = AlertOrder.of(partsOf(parts, Document.Target.ALERTS), parts.resolve("unordered"));
        WholeFile.write(out.resolve(ALERTS), alerts::writeTo);
        WholeFile.write(out.resolve(DEAD_LETTERS), file -> join(parts, Document.Target.DEAD_LETTERS, file));
        WholeFile.write(out.resolve(LATE), file -> join(parts, Document.Target.LATE, file));
        ObjectNode summary = summarize(job.getAllAccumulatorResults(), alerts, catalogue);
        WholeFile.write(out.resolve(SUMMARY), file -> MAPPER.writerWithDefaultPrettyPrinter()
                .writeValue(file.toFile(), summary));
        return new ScanResult(alerts.size(), summary, out);
    }

    /**
     * Takes away what an earlier scan has left, which would pass for what this one found if it fails. The summary goes first:
     * where there is one, all else is there.
     */
    static void deleteOf(Path out) throws IOException {
        Files.deleteIfExists(out.resolve(SUMMARY));
        for (String name : NAMES) {
            Files.deleteIfExists(out.resolve(name));
        }
    }

    /**
     * Only what a scan wrote may be taken away, as a log is not to be had again: all results together, or those that a scan
     * left which was interrupted.
     *
     * @throws UsageException if something else is called as one of them
     */
    static void mustBeOwn(Path out) throws IOException {
        for (String name : NAMES) {
            Path file = out.resolve(name);
            if (Files.exists(file) && !isOfSome(file) && !isResult(file)) {
                throw new UsageException(
                        file + ": exists and was not written by a scan (expected: another --out, or another name)");
            }
        }
    }

    private static boolean isResult(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            Pattern beginning = BEGINNINGS.get(file.getFileName().toString());
            return head.isEmpty()
                    || (beginning != null && beginning.matcher(head).lookingAt());
        }
    }

    /** Whether a scan into a directory writes a file of this path; both as they really are. */
    static boolean isOf(Path out, Path file) {
        return out.equals(file.getParent()) && NAMES.contains(file.getFileName().toString());
    }

    /** Whether some scan has written a file: it is called as one of the results, and the others are beside it. */
    static boolean isOfSome(Path file) {
        return NAMES.contains(file.getFileName().toString())
                && NAMES.stream().allMatch(name -> Files.isRegularFile(file.resolveSibling(name)));
    }

    private static void join(Path parts, Document.Target target, Path into) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(into))) {
            for (Path part : partsOf(parts, target)) {
                Files.copy(part, file);
            }
        }
    }

    private static List<Path> partsOf(Path parts, Document.Target target) throws IOException {
        Path directory = parts.resolve(target.label());
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList();
        }
    }

    private static ObjectNode summarize(Map<String, Object> counts, AlertOrder alerts, Catalogue catalogue) {
        ObjectNode summary = MAPPER.createObjectNode();
        summary.put("events", Numbers.ofAllSources(counts, "events"));
        summary.put("evaluated", Numbers.ofAllSources(counts, "evaluated"));
        summary.put("duplicates", count(counts, "duplicates"));
        summary.put("dead_letters", Numbers.ofAllSources(counts, "dead_letters"));
        summary.put("late", Numbers.ofAllSources(counts, "late"));
        putTime(
                summary,
                RecordCounts.FIRST_EVENT,
                timesOf(counts, RecordCounts.FIRST_EVENT).min());
        putTime(
                summary,
                RecordCounts.LAST_EVENT,
                timesOf(counts, RecordCounts.LAST_EVENT).max());
        summary.put("alerts", alerts.size());
        ObjectNode byDetection = summary.putObject("alerts_by_detection");
        catalogue.enabled().forEach(detection -> byDetection.put(detection.name(), 0));
        alerts.byDetection().forEach(byDetection::put);
        summary.put("repeats_held_back", count(counts, "suppressed"));
        putAll(summary.putObject("events_by_category"), counts, "category/");
        putAll(summary.putObject("dead_letters_by_reason"), counts, "dead_letters/");
        ObjectNode off = summary.putObject("detections_off");
        for (Catalogue.Entry entry : catalogue.entries()) {
            if (!entry.enabled()) {
                off.put(entry.detection().name(), entry.offBecause());
            }
        }
        return summary;
    }

    private static void putAll(ObjectNode into, Map<String, Object> counts, String prefix) {
        new TreeMap<>(counts).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                into.put(name.substring(prefix.length()), (Long) value);
            }
        });
    }

    private static void putTime(ObjectNode into, String name, OptionalLong millis) {
        millis.ifPresent(time -> into.put(name, Instant.ofEpochMilli(time).toString()));
    }

    /** Of the sources and subtasks that had an event. */
    private static LongStream timesOf(Map<String, Object> counts, String name) {
        return counts.entrySet().stream()
                .filter(count ->
                        count.getKey().startsWith("source/") && count.getKey().endsWith("/" + name))
                .mapToLong(count -> (Long) count.getValue())
                .filter(time -> time != Long.MAX_VALUE && time != Long.MIN_VALUE);
    }

    private static long count(Map<String, Object> counts, String name) {
        return counts.get(name) instanceof Long number ? number : 0;
    }

    /** The alerts as their documents, in the order of time; read when they are first asked for. */
    public List<JsonNode> documents() {
        List<JsonNode> known = documents;
        if (known == null) {
            known = first(alerts);
            documents = known;
        }
        return known;
    }

    private List<JsonNode> first(int most) {
        List<JsonNode> first = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve(ALERTS))) {
            for (String line = lines.readLine(); line != null && first.size() < most; line = lines.readLine()) {
                first.add(MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(first);
    }

    /** What {@code summary.json} holds. */
    public ObjectNode summary() {
        return summary;
    }

    /** Writes what was found as an HTML page. */
    void writeReport(Path page) throws IOException {
        try {
            WholeFile.write(page, file -> ReportPage.write(directory.resolve(ALERTS), summary, file));
        } catch (IOException e) {
            throw new FailedCommandException(
                    "the report " + page + " cannot be written: " + FileReason.of(e) + " (the results are in "
                            + directory + ")",
                    e);
        }
    }

    int alerts() {
        return alerts;
    }

    TextTable alertTable(int most) {
        TextTable table = new TextTable("time", "level", "detection", "what");
        for (JsonNode alert : first(most)) {
            table.row(
                    alert.get("@timestamp").asText(),
                    alert.at("/entrawatch/level").asText(),
                    alert.at("/rule/id").asText(),
                    alert.at("/event/reason").asText());
        }
        return table;
    }

    String summaryLine() {
        return String.format(
                Locale.ROOT,
                "%,d events: %,d evaluated, %,d dead letters%s, %,d late; %,d duplicates; %,d alerts",
                summary.get("events").asLong(),
                summary.get("evaluated").asLong(),
                summary.get("dead_letters").asLong(),
                deadLettersByReason(),
                summary.get("late").asLong(),
                summary.get("duplicates").asLong(),
                summary.get("alerts").asLong());
    }

    private String deadLettersByReason() {
        List<String> reasons = new ArrayList<>();
        summary.get("dead_letters_by_reason")
                .properties()
                .forEach(entry -> reasons.add(entry.getKey() + " " + entry.getValue()));
        return reasons.isEmpty() ? "" : " (" + String.join(", ", reasons) + ")";
    }
}
