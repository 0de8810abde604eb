package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.Field;

import static io.entrawatch.ingest.Reading.file;
import static io.entrawatch.ingest.Reading.gzip;
import static io.entrawatch.ingest.Reading.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever breaks costs one dead letter at its place, and no other record. */
class BrokenFileTest {

    private static final String A = RawRecord.signIn().id("a").json();
    private static final String B = RawRecord.audit().id("b").json();
    private static final String C = RawRecord.graphSignIn().id("c").json();
    private static final String BROKEN = A.substring(0, A.length() / 2);
    private static final String UNKNOWN =
            RawRecord.diagnostic("ProvisioningLogs").json();

    @Test
    void aBrokenLineCostsOnlyItself() {
        assertThat(outcomes(file(String.join("\n", A, "", BROKEN, B, UNKNOWN, "7", C))))
                .containsExactly(
                        "a", "not-json at line 3", "b", "unknown-category at line 5", "not-an-object at line 6", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":[", "{\"a\":1,", "{\"a\":", "{\"a\":{}", "{\"a\":{\n\"b\":1\n}", "[", "{\"a\":\"x\ny\"}"
            })
    void aLineThatBreaksOffTakesNoneOfThoseBelowIt(String broken) {
        List<String> outcomes = outcomes(file(String.join("\n", A, broken, B, "7", C, A)));

        assertThat(outcomes).startsWith("a").endsWith("c", "a").contains("b");
        assertThat(outcomes.get(1)).endsWith(" at line 2");
    }

    @Test
    void theLinesBelowAnObjectOverSeveralKeepTheirNumbers() {
        String spread = B.replace("\"properties\":", "\n\"properties\":\n");
        assertThat(outcomes(file(String.join("\n", A, "7", spread, "7", spread, spread, "7"))))
                .containsExactly(
                        "a",
                        "not-an-object at line 2",
                        "b",
                        "not-an-object at line 6",
                        "b",
                        "b",
                        "not-an-object at line 13");
    }

    @Test
    void aBrokenFirstLineCostsOnlyItself() {
        assertThat(outcomes(file(String.join("\n", BROKEN, B, C)))).containsExactly("not-json at line 1", "b", "c");
        assertThat(outcomes(file(String.join("\n", "", "rubbish", B, C))))
                .containsExactly("not-json at line 2", "b", "c");
    }

    @Test
    void aDeadLetterNamesItsFileAndShowsItsRecord() {
        DeadLetter dead = file(A + "\n" + UNKNOWN).get(1).deadLetter();

        assertThat(dead.source()).isEqualTo("file");
        assertThat(dead.record()).isEqualTo(UNKNOWN);
    }

    @Test
    void aBrokenElementOfAListCostsOnlyItself() {
        assertThat(outcomes(file("[" + String.join(",", A, "null", B, "{\"a\" 1}", "7", UNKNOWN, "\"x\"", C) + "]")))
                .containsExactly(
                        "a",
                        "not-an-object at record 2",
                        "b",
                        "not-json at record 4",
                        "not-an-object at record 5",
                        "unknown-category at record 6",
                        "not-an-object at record 7",
                        "c");
    }

    @Test
    void aBracketTooManyCostsNoNeighbour() {
        assertThat(outcomes(file("[" + A + "}," + B + "," + C + "]")))
                .containsExactly("a", "not-json at record 2", "b", "c");
    }

    @Test
    void aListThatEndsBetweenRecordsIsTruncated() {
        assertThat(outcomes(file("[" + A + "," + B))).containsExactly("a", "b", "truncated at after record 2");
        assertThat(outcomes(file("{\"records\":[" + A + ","))).containsExactly("a", "truncated at after record 1");
        assertThat(outcomes(file("["))).containsExactly("truncated at after record 0");
    }

    @Test
    void aListThatEndsInARecordIsTruncated() {
        assertThat(outcomes(file("{\"value\":[" + A + "," + BROKEN)))
                .containsExactly("a", "not-json at record 2", "truncated at after record 2");
    }

    @Test
    void whatFollowsAListIsNotSwallowed() {
        List<Decoded> read = file("[" + A + "]\nrubbish\n[" + B + "]");
        assertThat(read).filteredOn(decoded -> decoded.event() != null).hasSize(2);
        assertThat(read).filteredOn(decoded -> decoded.deadLetter() != null).hasSize(1);
    }

    @Test
    void anObjectThatEndsBeforeItsTimeIsADeadLetter() {
        String pretty = RawRecord.signIn().id("a").pretty();
        assertThat(outcomes(file(pretty + "\n" + pretty.substring(0, pretty.length() / 2))))
                .containsExactly("a", "not-json at record 2");
    }

    @Test
    void aBrokenLineUnderALongFirstOneCostsOnlyItself() {
        String second = page("second", 100);
        String text = String.join(
                "\n",
                page("first", 100),
                second.substring(0, second.length() / 2 + 50),
                page("third", 100),
                page("last", 100));
        List<String> outcomes = outcomes(file(text));

        for (String whole : List.of("first", "third", "last")) {
            assertThat(outcomes).filteredOn(one -> one.startsWith(whole)).hasSize(100);
        }
        assertThat(outcomes).filteredOn(one -> one.startsWith("second")).hasSize(50);
        assertThat(outcomes)
                .filteredOn(one -> one.contains(" at "))
                .containsExactly("not-json at record 101 record 51", "truncated at record 101");
    }

    @Test
    void aLongFirstLineThatIsBrokenCostsOnlyItself() {
        String first = page("first", 200);
        List<String> outcomes =
                outcomes(file(String.join("\n", first.substring(0, first.length() / 2), page("last", 3), C)));

        assertThat(outcomes).filteredOn(one -> one.startsWith("first")).hasSizeBetween(99, 100);
        assertThat(outcomes).filteredOn(one -> one.contains(" at ")).hasSize(2);
        assertThat(outcomes).contains("last-0", "last-1", "last-2", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":\"tex", "{\"a\":\"text,", "{\"a\":[{\"b\":59.91", "{\"a\":{", "{\"a\"", "{\"a\":{}"})
    void whereverALineUnderALongOneBreaksOffTheNextIsRead(String broken) {
        assertThat(outcomes(file(String.join("\n", page("p", 100), broken, B, C)))
                        .subList(100, 103))
                .containsExactly("not-json at record 101", "b", "c");
        assertThat(outcomes(file(String.join("\r\n", page("p", 100), broken, B, C))))
                .endsWith("b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"next\"", ",\"next\":\"https://gra", ",\"next\":7", ",\"more\":[{}]"})
    void aLongFirstLineMayBreakOffBehindItsList(String rest) {
        String first = page("p", 100);
        String broken = first.substring(0, first.length() - 1) + rest;

        assertThat(outcomes(file(String.join("\n", broken, B, page("last", 1), C)))
                        .subList(100, 103))
                .containsExactly("b", "last-0", "c");
    }

    @Test
    void listsOnLinesAreReadAfterOneThatHasNoEnd() {
        assertThat(outcomes(file("[" + A + "\n[" + B + "]\n[" + C + "]\n")))
                .containsExactly("a", "b", "c", "truncated at after record 3");
    }

    @Test
    void zerosBeforeAListAreNoPartOfIt() {
        assertThat(outcomes(file("\0\0[" + A + "," + B + "]"))).containsExactly("a", "b");
    }

    @Test
    void aQuoteTooManyInARowOfCsvCostsNoOther() {
        CsvFile csv = new CsvFile(CsvFile.SIGN_INS)
                .signIn(Map.of("Request ID", "before"))
                .signIn(Map.of("Request ID", "quoted", "User agent", "\"Mozilla \"x\" y\""))
                .signIn(Map.of("Request ID", "split", "User agent", "\"Mozilla \"x, z\" y\""))
                .signIn(Map.of("Request ID", "after"));
        List<Decoded> read = file(csv.text());

        assertThat(outcomes(read)).containsExactly("before", "quoted", "wrong-columns at line 4", "after");
        assertThat(read.get(1).event().text(Field.USER_AGENT)).startsWith("Mozilla x");
    }

    @Test
    void aLineThatIsTooLargeIsCutOffAndCostsOnlyItself() {
        String large = RawRecord.signIn()
                .with("properties.padding", "x".repeat(600_000))
                .json();
        List<Decoded> read = file(
                Reading.reader(10_000, null),
                String.join("\n", A, large, B, large, C).getBytes(StandardCharsets.UTF_8));

        assertThat(outcomes(read)).containsExactly("a", "too-large at line 2", "b", "too-large at line 4", "c");
        assertThat(read.get(1).deadLetter().record())
                .hasSize(DeadLetter.LONGEST_RECORD)
                .isSubstringOf(large);
    }

    @Test
    void anElementThatIsTooLargeIsCutOffAndCostsOnlyItself() {
        String large = RawRecord.signIn()
                .with("properties.padding", "x".repeat(600_000))
                .json();
        byte[] list = ("[" + String.join(",", A, large, B) + "]").getBytes(StandardCharsets.UTF_8);
        assertThat(outcomes(file(Reading.reader(10_000, null), list)))
                .containsExactly("a", "too-large at record 2", "b");
    }

    @Test
    void whatIsNoGzipIsUnreadable() {
        assertThat(outcomes(file(HexFormat.of().parseHex("1f8b0000")))).containsExactly("unreadable-file at end");
    }

    @Test
    void theRecordsBeforeABreakInACompressedFileAreRead() {
        byte[] whole = gzip(manyLines());
        List<String> outcomes = outcomes(file(Arrays.copyOf(whole, whole.length / 2)));

        assertThat(outcomes).hasSizeGreaterThan(10).startsWith("r0", "r1", "r2").endsWith("unreadable-file at end");
        assertThat(outcomes.subList(0, outcomes.size() - 2)).allMatch(outcome -> outcome.startsWith("r"));
    }

    @Test
    void theRecordsBeforeDamageInACompressedFileAreRead() {
        byte[] damaged = gzip(manyLines());
        Arrays.fill(damaged, damaged.length * 3 / 4, damaged.length * 3 / 4 + 50, (byte) 0xff);
        assertThat(outcomes(file(damaged))).startsWith("r0", "r1", "r2").endsWith("unreadable-file at end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f8b", "1f8b08", "1f8b0800000000000003", "1f8b0880", "1f8c08", "20", "0000200000"})
    void whatFollowsAPartOfACompressedFileAndIsNoneIsTold(String next) {
        byte[] more = gzip(B + "\n");
        for (String rest : List.of(next, next + HexFormat.of().formatHex(more))) {
            assertThat(outcomes(file(joined(gzip(A + "\n"), HexFormat.of().parseHex(rest)))))
                    .containsExactly("a", "unreadable-file at end");
        }
    }

    @Test
    void aPartThatIsNotWhatWasPackedIsTold() {
        byte[] first = gzip(A + "\n");
        first[first.length - 8] ^= 1;
        assertThat(outcomes(file(joined(first, gzip(B + "\n"))))).containsExactly("a", "unreadable-file at end");
    }

    @Test
    void theRowsBeforeABreakInACompressedCsvAreRead() {
        CsvFile csv = new CsvFile(CsvFile.SIGN_INS);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 500; i++) {
            csv.signIn(Map.of("Request ID", "r" + i, "Session ID", Long.toHexString(random.nextLong())));
        }
        byte[] whole = gzip(csv.text());
        assertThat(outcomes(file(Arrays.copyOf(whole, whole.length / 2))))
                .startsWith("r0", "r1", "r2")
                .endsWith("unreadable-file at end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"User agent", "Application"})
    void aRowOfCsvThatIsTooLargeCostsOnlyItself(String column) {
        CsvFile csv = new CsvFile(CsvFile.SIGN_INS)
                .signIn(Map.of("Request ID", "before"))
                .signIn(Map.of(column, "\"" + "x\n".repeat(7_000) + "\""))
                .signIn(Map.of("User agent", "x".repeat(6_000), "Application", "y".repeat(6_000)))
                .signIn(Map.of("Request ID", "after"));
        assertThat(outcomes(file(Reading.reader(10_000, null), csv.text().getBytes(StandardCharsets.UTF_8))))
                .containsExactly("before", "too-large at line 3", "too-large at line 7004", "after");
    }

    @Test
    void aCsvValueWithoutAnEndIsReported() {
        CsvFile csv = new CsvFile(CsvFile.SIGN_INS).signIn(Map.of());
        String rest = "2026-03-02T09:15:42Z,\"" + "x,\n".repeat(20_000);
        List<String> outcomes = outcomes(
                file(Reading.reader(10_000, null), csv.line(rest).text().getBytes(StandardCharsets.UTF_8)));
        assertThat(outcomes).containsExactly("record-1", "unreadable-file at end");
    }

    /** A line of records under {@code records}; a hundred of them are more than is looked at to tell the form of a file. */
    private static String page(String name, int size) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            records.add(RawRecord.signIn()
                    .id(name + "-" + i)
                    .with("properties.padding", "x".repeat(500))
                    .json());
        }
        return "{\"records\":[" + String.join(",", records) + "]}";
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String manyLines() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String session = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            lines.add(RawRecord.signIn()
                    .id("r" + i)
                    .with("properties.sessionId", session)
                    .json());
        }
        return String.join("\n", lines);
    }
}
