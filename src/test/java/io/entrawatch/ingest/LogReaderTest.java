package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;

import static io.entrawatch.ingest.Reading.deadLetter;
import static io.entrawatch.ingest.Reading.message;
import static io.entrawatch.ingest.Reading.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

class LogReaderTest {

    private static final String A = RawRecord.signIn().id("a").json();
    private static final String B = RawRecord.audit().id("b").json();
    private static final String C = RawRecord.graphSignIn().id("c").json();

    @Test
    void aMessageIsOneRecordOrSeveralOrAList() {
        assertThat(outcomes(message(A))).containsExactly("a");
        assertThat(outcomes(message(A + B + "\n" + C))).containsExactly("a", "b", "c");
        assertThat(outcomes(message("[" + A + "," + B + "," + C + "]"))).containsExactly("a", "b", "c");
        assertThat(outcomes(message("{\"records\":[" + A + "," + B + "," + C + "]}")))
                .containsExactly("a", "b", "c");
    }

    @Test
    void listsAndRecordsMayFollowOneAnother() {
        assertThat(outcomes(message("{\"records\":[" + A + "]}\n{\"records\":[" + B + "]}\n" + C)))
                .containsExactly("a", "b", "c");
        assertThat(outcomes(message(A + "\n[" + B + "," + C + "]"))).containsExactly("a", "b", "c");
        assertThat(outcomes(message("[" + A + "][" + B + "]" + C))).containsExactly("a", "b", "c");
    }

    @Test
    void keysThatAreMadeUpWithoutEndChangeNothing() {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            records.append(A).append('{');
            for (int key = 0; key < 500; key++) {
                records.append("\"made-up-").append(i).append('-').append(key).append("\":1,");
            }
            records.append(A, 1, A.length()).append(B);
        }

        List<String> all = outcomes(message(records.toString()));

        assertThat(all).hasSize(120).startsWith("a", "a", "b", "a", "a", "b").endsWith("a", "a", "b");
        assertThat(all.stream().filter("a"::equals)).hasSize(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "[%s]", "{\"records\":[%s]}"})
    void aByteOrderMarkDoesNotMatter(String form) {
        assertThat(outcomes(message('\uFEFF' + form.formatted(A)))).containsExactly("a");
    }

    @Test
    void aMessageIsReadWhereItStands() {
        byte[] bytes = ("xx[" + A + "," + B + "]xx").getBytes(StandardCharsets.UTF_8);
        List<Decoded> out = new java.util.ArrayList<>();
        Reading.reader().read("topic", "offset 7", bytes, 2, bytes.length - 4, out::add);
        assertThat(outcomes(out)).containsExactly("a", "b");
    }

    @Test
    void recordsWithoutAnIdInOneMessageHaveDifferentNames() {
        String first = RawRecord.signIn().without("properties.id").json();
        String second = RawRecord.signIn()
                .with("properties.userId", "user-2")
                .without("properties.id")
                .json();
        List<String> together = outcomes(message(first + "\n" + second));

        assertThat(together).doesNotHaveDuplicates();
        assertThat(together)
                .isEqualTo(List.of(
                        outcomes(message(first)).get(0),
                        outcomes(message(second)).get(0)));
        assertThat(together).isEqualTo(outcomes(message("[" + first + "," + second + "]")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^ | empty",
                "^ \n ^ | empty",
                "7 | not-an-object",
                "\"text\" | not-an-object",
                "null | not-an-object",
                "rubbish | not-json",
                "{\"time\": | not-json",
                "{\"category\":\"SignInLogs\",\"properties\":null} | no-properties",
                "{\"category\":\"SignInLogs\",\"properties\":{}} | no-time",
                "{} | unknown-form"
            })
    void aMessageThatIsNoRecordIsADeadLetterWithItsReason(String message, String reason) {
        DeadLetter dead = deadLetter(message == null ? "" : message);

        assertThat(dead.reason()).isEqualTo(reason);
        assertThat(dead.detail()).isNotBlank();
        assertThat(dead.source()).isEqualTo("topic");
        assertThat(dead.position()).isEqualTo("offset 7");
    }

    @Test
    void whatIsTooLongToBeMeantCostsOnlyItself() {
        String number = withDetails("[ {\"key\": \"x\", \"value\": " + "1".repeat(1_001) + "} ]");
        String key = withDetails("[ {\"" + "k".repeat(1_001) + "\": 1} ]");
        String id = RawRecord.signIn().id("i".repeat(1_001)).json();
        String tenant = RawRecord.signIn().with("tenantId", "t".repeat(1_001)).json();
        List<Decoded> read = message("[" + String.join(",", A, number, key, id, tenant, B) + "]");

        assertThat(outcomes(read))
                .containsExactly(
                        "a",
                        "too-long at offset 7 record 2",
                        "too-long at offset 7 record 3",
                        "too-long at offset 7 record 4",
                        "too-long at offset 7 record 5",
                        "b");
        assertThat(read.get(1).deadLetter().detail()).isEqualTo("a number of 1001 bytes (expected: at most 1000)");
        assertThat(read.get(3).deadLetter().detail()).startsWith("id: iii").endsWith("(expected: at most 1000)");
    }

    private static String withDetails(String details) {
        return RawRecord.audit()
                .id("details")
                .with("properties.additionalDetails", "DETAILS")
                .json()
                .replace("\"DETAILS\"", details);
    }

    @Test
    void numbersAndKeysOfAThousandSignsAreRead() {
        String record = withDetails("[ {\"" + "k".repeat(1_000) + "\": " + "1".repeat(1_000) + "} ]");

        assertThat(outcomes(message(record))).containsExactly("details");
    }

    @ParameterizedTest
    @ValueSource(strings = {"properties.signInEventTypes", "properties.targetResources"})
    void aFieldWithMoreValuesThanAnyRecordHasCostsOnlyItsRecord(String list) {
        String element = list.endsWith("Types") ? "1" : "{\"modifiedProperties\":[{}]}";
        RawRecord form = list.endsWith("Types") ? RawRecord.signIn() : RawRecord.audit();
        String many = form.withJson(list, "[" + (element + ",").repeat(10_000) + element + "]")
                .json();

        assertThat(outcomes(message("[" + A + "," + many + "," + B + "]")))
                .containsExactly("a", "too-many-values at offset 7 record 2", "b");
    }

    @Test
    void aDetailIsNotAsLongAsTheRecord() {
        DeadLetter dead = deadLetter("{\"category\":\"" + "c".repeat(100_000) + "\",\"properties\":{}}");

        assertThat(dead.detail()).hasSize(1_001).startsWith("category: ccc").endsWith("c…");
    }

    @Test
    void aBrokenElementOfAListCostsOnlyItself() {
        String deep = "{\"properties\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";
        List<Decoded> read = message("{\"records\":[" + String.join(",", A, "null", "7", deep, "{\"a\" 1}", B) + "]}");

        assertThat(outcomes(read))
                .containsExactly(
                        "a",
                        "not-an-object at offset 7 record 2",
                        "not-an-object at offset 7 record 3",
                        "too-deep at offset 7 record 4",
                        "not-json at offset 7 record 5",
                        "b");
    }

    @Test
    void aTruncatedListGivesTheRecordsBefore() {
        String list = "{\"records\":[" + A + "," + B + "," + C.substring(0, 20);
        assertThat(outcomes(message(list)))
                .containsExactly("a", "b", "not-json at offset 7 record 3", "truncated at offset 7");
    }

    @Test
    void whatBreaksAfterARecordIsADeadLetterOfItsOwn() {
        List<Decoded> read = message(A + "\n" + B.substring(0, 30));

        assertThat(outcomes(read)).containsExactly("a", "not-json at offset 7 record 2");
        assertThat(read.get(1).deadLetter().record()).isEqualTo(B.substring(0, 30));
    }

    @Test
    void theDeadLetterOfARecordAmongSeveralShowsThatRecord() {
        String unknown = RawRecord.diagnostic("ProvisioningLogs").json();
        List<Decoded> read = message(A + unknown + B);

        assertThat(outcomes(read)).containsExactly("a", "unknown-category at offset 7 record 2", "b");
        assertThat(read.get(1).deadLetter().record()).isEqualTo(unknown);
    }

    @Test
    void aRecordThatIsTooLargeIsCutOff() {
        String large = RawRecord.signIn()
                .with("properties.padding", "x".repeat(5 * 1024 * 1024))
                .json();
        DeadLetter dead = deadLetter(large);

        assertThat(dead.reason()).isEqualTo("too-large");
        assertThat(dead.record()).hasSize(DeadLetter.LONGEST_RECORD).isEqualTo(large.substring(0, 8 * 1024));
    }

    @Test
    void aRecordThatIsTooLargeHarmsNoNeighbourInItsList() {
        String large = RawRecord.signIn()
                .with("properties.padding", "x".repeat(5 * 1024 * 1024))
                .json();
        List<Decoded> read = message("[" + A + "," + large + "," + B + "]");

        assertThat(outcomes(read)).containsExactly("a", "too-large at offset 7 record 2", "b");
        assertThat(read.get(1).deadLetter().record()).hasSize(DeadLetter.LONGEST_RECORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r", "\r\n\r\n"})
    void valuesAfterOneAnotherMayBeLargerThanARecord(String between) {
        String large = RawRecord.signIn()
                .with("properties.padding", "x".repeat(10_000))
                .json();
        String page = "{\"value\":[" + String.join(",", A, A, A, A) + "]}";
        LogReader small = Reading.reader(3 * B.length(), null);
        byte[] bytes = ("\uFEFF" + String.join(between, A, B, large, "{\"a\" 1}", page, B, A))
                .getBytes(StandardCharsets.UTF_8);

        assertThat(outcomes(Reading.message(small, bytes)))
                .containsExactly(
                        "a",
                        "b",
                        "too-large at offset 7 record 3",
                        "not-json at offset 7 record 4",
                        "a",
                        "a",
                        "a",
                        "a",
                        "b",
                        "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rec\\u006frds",
                "VAL\\u0055E",
                "\\u0072\\u0065\\u0063\\u006F\\u0072\\u0064\\u0073",
                "record\u017f"
            })
    void theNameOfAListMayBeWrittenInAnyWay(String name) {
        String page = "{\"a\":\"\\\"\",\"" + name + "\":[" + A + "," + B + "]}";

        assertThat(outcomes(message(page + C))).containsExactly("a", "b", "c");
        assertThat(outcomes(Reading.file(page + C))).containsExactly("a", "b", "c");
        assertThat(outcomes(Reading.file(page.replace("{\"a\"", "{\n\"a\"")))).containsExactly("a", "b");
        assertThat(outcomes(message("{\"" + name + "\\u0073\":[" + A + "]}")))
                .containsExactly("unknown-form at offset 7");
    }

    @Test
    void anObjectMayHoldSeveralListsOfRecords() {
        String two = "{\"records\":[" + A + "],\"meta\":{\"value\":[1]},\"value\":[" + B + "],\"next\":\"]}\"}";
        assertThat(outcomes(message(two + "[" + two + "]" + C))).containsExactly("a", "b", "a", "b", "c");
        assertThat(outcomes(message("{\"value\":[" + A + "],\"value\":[7" + C)))
                .containsExactly("a", "not-an-object at offset 7 record 2", "c", "truncated at offset 7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000})
    void eachLineMayBeginWithAByteOrderMark(int shareOfLargest) {
        String line = "\uFEFF" + A + "\n";
        LogReader reader = Reading.reader(Reading.LARGEST_RECORD / shareOfLargest, null);
        for (String text : List.of(line + line + line, "[" + A + "]\n" + line + "\uFEFF[" + A + "]")) {
            assertThat(outcomes(Reading.message(reader, text.getBytes(StandardCharsets.UTF_8))))
                    .containsExactly("a", "a", "a");
        }
    }

    @Test
    void aListMayBeLargerThanARecord() {
        String padded = RawRecord.signIn()
                .id("padded")
                .with("properties.padding", "x".repeat(600_000))
                .json();
        assertThat(outcomes(message("\uFEFF{\"records\":[" + String.join(",", padded, padded, A) + "]}")))
                .containsExactly("padded", "padded", "a");
    }

    @Test
    void aDeadLetterIsNeverLongerThanItsBoundInBytes() {
        String record = "{\"name\":\"" + "\u5f20".repeat(5_000) + "\"}";
        String kept = deadLetter(record).record();

        assertThat(kept.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(DeadLetter.LONGEST_RECORD);
        assertThat(record).startsWith(kept);
    }

    @Test
    void deepNestingIsRefusedAnywhere() {
        String deep = "[".repeat(1_000) + "]".repeat(1_000);

        assertThat(deadLetter("{\"any\":" + deep + "}").reason()).isEqualTo("too-deep");
        assertThat(deadLetter(RawRecord.signIn()
                                .withJson("properties.any", deep.substring(850, 1_150))
                                .json())
                        .reason())
                .isEqualTo("too-deep");
    }

    @Test
    void listsInListsAreNotFollowedForEver() {
        String nested = "{\"records\":[".repeat(50_000);
        assertThat(message(nested)).isNotEmpty().allMatch(decoded -> decoded.event() == null);
        assertThat(message("[]".repeat(5_000) + A)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"userDisplayName", "padding"})
    void aTextThatIsNotUtf8IsADeadLetter(String field) {
        byte[] bytes = RawRecord.signIn()
                .with("properties." + field, "J\u00f8rn")
                .json()
                .getBytes(StandardCharsets.ISO_8859_1);
        List<Decoded> read = message(bytes);

        assertThat(outcomes(read)).containsExactly("invalid-utf8 at offset 7");
        assertThat(read.get(0).deadLetter().record()).contains("J\uFFFDrn");
    }

    @Test
    void aTextThatIsNotUtf8CostsOnlyItsRecord() {
        String bad = RawRecord.signIn()
                .with("properties.userDisplayName", "J\u00f8rn")
                .json();
        byte[] list = ("[" + A + "," + bad + "," + B + "]").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(outcomes(message(list))).containsExactly("a", "invalid-utf8 at offset 7 record 2", "b");
    }

    @Test
    void aReaderRemembersNothingOfTheRecordBefore() {
        LogReader reader = Reading.reader();
        byte[] second = RawRecord.diagnostic("SignInLogs").json().getBytes(StandardCharsets.UTF_8);
        List<Decoded> alone = message(reader, second);

        message(reader, A.getBytes(StandardCharsets.UTF_8));
        message(reader, B.substring(0, B.length() - 5).getBytes(StandardCharsets.UTF_8));

        assertThat(message(reader, second)).isEqualTo(alone);
    }
}
