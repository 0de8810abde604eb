package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.Decoded;

import static io.entrawatch.ingest.Reading.file;
import static io.entrawatch.ingest.Reading.gzip;
import static io.entrawatch.ingest.Reading.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

/** Files that are whole, in every form. What breaks is in {@link BrokenFileTest}. */
class LogFileTest {

    private static final String A = RawRecord.signIn().id("a").json();
    private static final String B = RawRecord.audit().id("b").json();
    private static final String C = RawRecord.graphSignIn().id("c").json();
    private static final String PRETTY_A = RawRecord.signIn().id("a").pretty();
    private static final String PRETTY_B = RawRecord.audit().id("b").pretty();
    private static final String PRETTY_C = RawRecord.graphSignIn().id("c").pretty();

    static Stream<Named<String>> filesOfThreeRecords() {
        return Stream.of(
                Named.of("lines", lines(A, B, C)),
                Named.of("lines without a last newline", lines(A, B, C).strip()),
                Named.of("lines with blank lines", lines("", A, "", "  ", B, C, "", "")),
                Named.of("lines that begin with blanks", lines("  " + A, "\t" + B, C)),
                Named.of("list on one line", list(A, B, C)),
                Named.of("list with one record on each line", "[\n" + A + ",\n" + B + ",\n" + C + "\n]\n"),
                Named.of("pretty-printed list", "[\n  " + PRETTY_A + ",\n  " + PRETTY_B + ",\n  " + PRETTY_C + "\n]"),
                Named.of("records", "{\"records\":" + list(A, B, C) + "}"),
                Named.of(
                        "pretty-printed list in the first column",
                        "[\n" + PRETTY_A.replace(": {", ":\n{") + "\n,\n" + PRETTY_B + ",\n" + PRETTY_C + "\n]"),
                Named.of("records in another spelling", "{\"Records\":" + list(A, B, C) + "}"),
                Named.of("records in another spelling on each line", lines("{\"Records\":" + list(A, B) + "}", C)),
                Named.of("value in another spelling over lines", "{\n  \"VALUE\": " + list(PRETTY_A, B, C) + "\n}"),
                Named.of("records with one on each line", "{\"records\":[\n" + A + ",\n" + B + ",\n" + C + "\n]}"),
                Named.of("records whose first line holds one", "{\"records\": [" + A + ",\n" + B + ",\n" + C + "]}"),
                Named.of(
                        "pretty-printed records",
                        "{\n  \"records\" : [ " + PRETTY_A + ", " + PRETTY_B + ", " + PRETTY_C + " ]\n}"),
                Named.of(
                        "value after other keys and before others",
                        "{\"@odata.context\":\"https://graph.example/[x]\",\"meta\":{\"value\":[1]},\"value\":"
                                + list(A, B, C) + ",\"@odata.nextLink\":\"]}\",\"more\":[{}]}"),
                Named.of("a line, and objects over several", lines(A, PRETTY_B, "", PRETTY_C)),
                Named.of("a line, and a list over several", lines(A, "[", B + ",", C, "]")),
                Named.of("a line, and pages over several", lines(A, "{\"value\": [", PRETTY_B + ",", C, "]}")),
                Named.of("lines around an object over several", lines(A, PRETTY_B, C)),
                Named.of("an object that goes on within a list", lines(A, B.replace("[{", "[\n{"), C)),
                Named.of("a value on the next line", lines(A.replace("\"properties\":", "\"properties\":\n"), B, C)),
                Named.of(
                        "records and value",
                        "{\"records\":" + list(A) + ",\"more\":[1,{}],\"value\":" + list(B, C) + ",\"next\":\"]\"}"),
                Named.of("records twice", "{\"records\":" + list(A, B) + ",\"records\":" + list(C) + "}"),
                Named.of("lines of records", lines("{\"records\":" + list(A, B) + "}", "{\"records\":[]}", C)),
                Named.of("lines of lists", lines(list(A, B), list(C))),
                Named.of("list of records", "[{\"records\":" + list(A, B) + "},{\"records\":" + list(C) + "}]"),
                Named.of("objects after one another", PRETTY_A + "\n" + PRETTY_B + "\n\n" + PRETTY_C),
                Named.of(
                        "pretty-printed records after one another",
                        "{\n  \"records\": " + list(PRETTY_A, PRETTY_B) + "\n}\n{\n  \"records\": " + list(PRETTY_C)
                                + "\n}\n"));
    }

    @ParameterizedTest
    @MethodSource("filesOfThreeRecords")
    void everyFormIsReadRecordByRecord(String text) {
        assertThat(outcomes(file(text))).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @MethodSource("filesOfThreeRecords")
    void everyFormMayBeCompressed(String text) {
        assertThat(file(gzip(text))).isEqualTo(file(text));
    }

    @ParameterizedTest
    @MethodSource("filesOfThreeRecords")
    void everyFormMayHaveAByteOrderMarkAndWindowsLineEnds(String text) {
        assertThat(outcomes(file('\uFEFF' + text.replace("\n", "\r\n")))).containsExactly("a", "b", "c");
    }

    @Test
    void aLineThatNamesTheSeparatorIsNoHeader() {
        String csv = new CsvFile(CsvFile.SIGN_INS).signIn(Map.of()).text();
        assertThat(outcomes(file(("sep=,\n" + csv).getBytes(StandardCharsets.UTF_8))))
                .containsExactly("record-1");
    }

    @Test
    void aCompressedCsvIsRead() {
        String csv = new CsvFile(CsvFile.SIGN_INS).signIn(Map.of()).text();
        assertThat(outcomes(file(gzip(csv)))).containsExactly("record-1");
    }

    @Test
    void severalCompressedPartsAreOneFile() {
        byte[] first = gzip(A + "\n");
        byte[] second = gzip(B + "\n");
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        assertThat(outcomes(file(both))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000000000"})
    void aCompressedPartMayHaveANameAndZerosBehindIt(String zeros) {
        String plain = HexFormat.of().formatHex(gzip(A + "\n"));
        // With a checksum of the header, 2 bytes for extras, a name and a comment.
        String named =
                "1f8b081e" + plain.substring(8, 20) + "0200" + "0102" + "6100" + "6200" + "0000" + plain.substring(20);
        assertThat(outcomes(file(HexFormat.of().parseHex(named + zeros)))).containsExactly("a");
        assertThat(outcomes(file(HexFormat.of().parseHex(named + zeros + named + zeros))))
                .containsExactly("a", "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n\n", "  \r\n", "[]", "[ \n ]", "{\"records\":[]}", "{\n  \"value\": [ ]\n}", "\uFEFF"})
    void aFileWithoutRecordsGivesNothing(String text) {
        assertThat(file(text)).isEmpty();
        assertThat(file(gzip(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"appId\":\"a\",\"userType\":\"x\"}}", "from the export, of March", "a,b"})
    void aFirstLineThatIsNoRecordCostsOnlyItself(String first) {
        List<String> outcomes = outcomes(file(lines(first, A, B)));
        assertThat(outcomes).endsWith("a", "b");
        assertThat(outcomes.subList(0, outcomes.size() - 2)).isNotEmpty().allMatch(one -> one.contains(" at line 1"));
    }

    @Test
    void aHeaderThatIsNoneOfThePortalsIsToldAsWell() {
        List<Decoded> read = file("Fecha (UTC),Id. de solicitud,Nombre\n");
        assertThat(outcomes(read)).containsExactly("unknown-columns at line 1");
        assertThat(read.get(0).deadLetter().record()).startsWith("Fecha (UTC),");
    }

    @Test
    void aPageMayBeLargerThanARecord() {
        LogReader small = Reading.reader(A.length() + B.length() + C.length(), null);
        String page = "{\"value\":" + list(A, B, C) + "}";
        for (String text : List.of(
                page + "\n" + page,
                page + page,
                "{\n  \"value\": " + list(PRETTY_A, B, C) + "\n}\n" + page,
                list(A, B, C) + list(A, B, C),
                "[" + page + "," + page + "]")) {
            assertThat(outcomes(file(small, text.getBytes(StandardCharsets.UTF_8))))
                    .containsExactly("a", "b", "c", "a", "b", "c");
        }
    }

    @Test
    void listsInEachOtherWithoutEndAreNoReasonToStop() {
        LogReader small = Reading.reader(1_000, null);
        String deep = "{\"value\":[".repeat(100_000);
        assertThat(file(small, ("[" + deep + "]").getBytes(StandardCharsets.UTF_8)))
                .isNotEmpty()
                .allMatch(decoded -> decoded.event() == null);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16LE, UTF-16", "UTF-16BE, UTF-16"})
    void aFileInAnotherEncodingIsToldByItsName(String charset, String told) throws Exception {
        List<Decoded> read = file(('\uFEFF' + list(A, B)).getBytes(charset));
        assertThat(outcomes(read)).containsExactly("unreadable-file at end");
        assertThat(read.get(0).deadLetter().detail()).contains(told).contains("UTF-8");
    }

    @Test
    void anArchiveIsToldByItsName() {
        List<Decoded> read = file(new byte[] {'P', 'K', 3, 4, 20, 0, 8, 0, 8, 0});
        assertThat(read.get(0).deadLetter().detail()).contains("a ZIP archive");
    }

    @Test
    void oneRecordWithoutANewlineIsALine() {
        assertThat(outcomes(file(A))).containsExactly("a");
        assertThat(outcomes(file(PRETTY_A))).containsExactly("a");
    }

    @Test
    void aFirstLineLongerThanTheLookAtTheBeginningIsStillALine() {
        String large = RawRecord.signIn()
                .id("large")
                .with("properties.padding", "x".repeat(70_000))
                .json();

        assertThat(outcomes(file(lines(large, B, C)))).containsExactly("large", "b", "c");
        assertThat(outcomes(file(lines("{\"records\":" + list(large, B) + "}", "{\"records\":" + list(C) + "}", A))))
                .containsExactly("large", "b", "c", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r", " "})
    void aFileMayHaveNoLineEndsHoweverLargeItIs(String between) {
        String large = RawRecord.signIn()
                .id("large")
                .with("properties.padding", "x".repeat(900_000))
                .json();
        String text = A + between + B + between + (large + between).repeat(20) + C;

        List<String> outcomes = outcomes(file(text));
        assertThat(outcomes).hasSize(23).startsWith("a", "b", "large").endsWith("large", "c");
        assertThat(outcomes(file(text.substring(0, 2_000_000))))
                .startsWith("a", "b", "large", "large")
                .hasSize(5);
    }

    @Test
    void manyRecordsCrossEveryBuffer() {
        List<String> ids =
                Stream.iterate(1, i -> i + 1).limit(3_000).map(i -> "r" + i).toList();
        String[] records =
                ids.stream().map(id -> RawRecord.signIn().id(id).json()).toArray(String[]::new);

        assertThat(outcomes(file(lines(records)))).isEqualTo(ids);
        assertThat(outcomes(file(list(records)))).isEqualTo(ids);
        assertThat(outcomes(file(String.join("\n", records).replace("{\"time\"", "{\n\"time\""))))
                .isEqualTo(ids);
        assertThat(outcomes(file(String.join("\n", records).replace("\"properties\":", "\"properties\":\n"))))
                .isEqualTo(ids);
    }

    @Test
    void bracketsAndQuotesInTextsDoNotEndARecord() {
        RawRecord odd = RawRecord.signIn().with("properties.userDisplayName", "]}\\\",{[\"\\");
        String first = odd.id("a").json();
        String second = odd.id("b").json();

        assertThat(outcomes(file(list(first, second)))).containsExactly("a", "b");
        assertThat(outcomes(file(lines(first, second)))).containsExactly("a", "b");
    }

    @Test
    void namesInAllAlphabetsAreKept() {
        String name = "J\u00f8rn \u5f20 \ud83d\ude00";
        String json =
                RawRecord.signIn().with("properties.userDisplayName", name).json();
        assertThat(file(json.getBytes(StandardCharsets.UTF_8))
                        .get(0)
                        .event()
                        .text(io.entrawatch.event.Field.USER_DISPLAY_NAME))
                .isEqualTo(name);
    }

    private static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static String list(String... records) {
        return "[" + String.join(",", records) + "]";
    }
}
