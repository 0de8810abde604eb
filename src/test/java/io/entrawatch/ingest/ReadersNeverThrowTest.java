package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;

import static org.assertj.core.api.Assertions.assertThat;

class ReadersNeverThrowTest {

    private static final int TRIES = 500;
    private static final String SEED = "20260302";
    private static final LogReader READER = Reading.reader();

    private static final List<RawRecord> RECORDS = List.of(
            RawRecord.signIn(),
            RawRecord.audit(),
            RawRecord.diagnostic("ProvisioningLogs"),
            RawRecord.graphSignIn(),
            RawRecord.graphAudit(),
            RawRecord.graphRiskDetection(),
            RawRecord.signInRow(),
            RawRecord.auditRow());

    @Property(tries = TRIES, seed = SEED)
    void anyBytesAreReadAsAMessageAndAsAFile(@ForAll byte[] bytes) {
        Reading.outcomes(Reading.message(READER, bytes));
        Reading.outcomes(Reading.file(READER, bytes));
    }

    @Property(tries = TRIES, seed = SEED)
    void anyTextOfJsonsSignsIsReadAsAMessageAndAsAFile(@ForAll("signs") String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Reading.outcomes(Reading.message(READER, bytes));
        Reading.outcomes(Reading.file(READER, bytes));
    }

    @Property(tries = TRIES, seed = SEED)
    void everyDamagedMessageGivesSomethingWithinItsBounds(@ForAll("damaged") byte[] bytes) {
        List<Decoded> read = Reading.message(READER, bytes);

        assertThat(Reading.outcomes(read)).isNotEmpty();
        assertThat(read).filteredOn(decoded -> decoded.deadLetter() != null).allSatisfy(decoded -> assertThat(
                        decoded.deadLetter().record())
                .hasSizeLessThanOrEqualTo(DeadLetter.LONGEST_RECORD));
    }

    @Property(tries = TRIES, seed = SEED)
    void everyDamagedFileIsRead(@ForAll("damaged") byte[] bytes) {
        Reading.outcomes(Reading.file(READER, bytes));
    }

    @Property(tries = TRIES, seed = SEED)
    void aDamagedCompressedFileIsRead(@ForAll("records") List<String> records, @ForAll int at, @ForAll byte value) {
        byte[] bytes = Reading.gzip(String.join("\n", records));
        bytes[Math.floorMod(at, bytes.length)] = value;
        Reading.outcomes(Reading.file(READER, bytes));
    }

    @Property(tries = TRIES, seed = SEED)
    void anyValueInAnyColumnOfACsvIsRead(@ForAll("columns") String column, @ForAll String value) {
        String quoted = '"' + value.replace("\"", "\"\"") + '"';
        String text =
                new CsvFile(CsvFile.SIGN_INS).signIn(Map.of(column, quoted)).text();
        assertThat(Reading.outcomes(Reading.file(READER, text.getBytes(StandardCharsets.UTF_8))))
                .hasSize(1);
    }

    @Property(tries = TRIES, seed = SEED)
    void anyTextInAnyFieldGivesOneEventOrDeadLetter(@ForAll("paths") String path, @ForAll String value) {
        String json = RawRecord.signIn().with(path, value).json();
        assertThat(Reading.outcomes(Reading.message(READER, json.getBytes(StandardCharsets.UTF_8))))
                .hasSize(1);
    }

    @Property(tries = TRIES, seed = SEED)
    void everyLineGivesOneEventOrDeadLetter(@ForAll("lines") List<String> lines) {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        List<Decoded> read = Reading.file(READER, bytes);

        assertThat(Reading.outcomes(read)).hasSameSizeAs(lines);
        List<String> deadAt = IntStream.range(0, lines.size())
                .filter(i -> read.get(i).event() == null)
                .mapToObj(i -> "line " + (i + 1))
                .toList();
        assertThat(read.stream().filter(decoded -> decoded.event() == null).map(decoded -> decoded.deadLetter()
                        .position()))
                .containsExactlyElementsOf(deadAt);
    }

    @Property(tries = TRIES, seed = SEED)
    void linesAndListsAndMessagesGiveTheSameEvents(@ForAll("records") List<String> records) {
        byte[] lines = String.join("\n", records).getBytes(StandardCharsets.UTF_8);
        byte[] list = ("[" + String.join(",", records) + "]").getBytes(StandardCharsets.UTF_8);
        List<String> expected = events(Reading.file(READER, lines));

        assertThat(events(Reading.file(READER, list))).isEqualTo(expected);
        assertThat(events(Reading.message(READER, list))).isEqualTo(expected);
        assertThat(events(Reading.message(READER, lines))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.of(
                        "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", " ", "1", "null", "\"records\":[", "\"a\":")
                .list()
                .ofMaxSize(30)
                .map(signs -> String.join("", signs));
    }

    @Provide
    Arbitrary<String> columns() {
        return Arbitraries.of("Date (UTC)", "Location", "IP address", "Status", "Autonomous system  number", "Managed");
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                "time",
                "category",
                "tenantId",
                "resourceId",
                "location",
                "callerIpAddress",
                "properties",
                "properties.createdDateTime",
                "properties.ipAddress",
                "properties.status",
                "properties.location",
                "properties.authenticationDetails",
                "properties.location.geoCoordinates.latitude");
    }

    @Provide
    Arbitrary<List<String>> records() {
        return record().list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> broken = Combinators.combine(
                        record(), Arbitraries.integers().between(1, 100))
                .as((record, percent) -> record.substring(0, 1 + (record.length() - 2) * percent / 100));
        Arbitrary<String> rubbish = Arbitraries.of("7", "null", "rubbish", "\"text\"");
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(6, record()),
                        net.jqwik.api.Tuple.of(2, broken),
                        net.jqwik.api.Tuple.of(1, rubbish))
                .list()
                .ofMaxSize(10)
                .flatMap(lines -> record().map(first ->
                        Stream.concat(Stream.of(first), lines.stream()).toList()));
    }

    /** Records in a list or after one another, with some bytes overwritten and an end cut off. */
    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<String> whole = Combinators.combine(
                        records(), Arbitraries.of("%s", "[%s]", "{\"records\":[%s]}", "{\n\"value\": [%s]}"))
                .as((records, form) -> form.formatted(String.join(form.equals("%s") ? "\n" : ",", records)));
        Arbitrary<List<Integer>> places =
                Arbitraries.integers().greaterOrEqual(0).list().ofMaxSize(5);
        Arbitrary<Byte> values = Arbitraries.of(
                (byte) '{',
                (byte) '}',
                (byte) '[',
                (byte) ']',
                (byte) '"',
                (byte) ',',
                (byte) '\\',
                (byte) 0,
                (byte) 0xff,
                (byte) 0xc3,
                (byte) '9');
        return Combinators.combine(
                        whole,
                        places,
                        values.list().ofSize(5),
                        Arbitraries.integers().between(1, 100))
                .as((text, at, value, percent) -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < at.size(); i++) {
                        bytes[at.get(i) % bytes.length] = value.get(i);
                    }
                    int kept = percent > 80 ? bytes.length : Math.max(20, bytes.length * percent / 100);
                    return java.util.Arrays.copyOf(bytes, kept);
                });
    }

    private static Arbitrary<String> record() {
        return Combinators.combine(
                        Arbitraries.of(RECORDS), Arbitraries.integers().between(1, 99))
                .as((record, id) -> record.id("id-" + id).json());
    }

    private static List<String> events(List<Decoded> read) {
        return read.stream()
                .map(decoded -> decoded.event() == null
                        ? decoded.deadLetter().reason()
                        : decoded.event().toString())
                .toList();
    }
}
