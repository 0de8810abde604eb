package io.entrawatch.sink;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BulkAnswerTest {

    private static final List<BulkEntry> ONE = entries(1);

    @Test
    void createdAndAlreadyThereAreDone() {
        BulkAnswer answer = read(200, items("{\"status\":201}", "{\"status\":409}"), entries(2), false);
        assertThat(answer).isEqualTo(new BulkAnswer(List.of(), "", List.of(), "", false));
    }

    @Test
    void pressureAndOutagesAreRetried() {
        for (int status : new int[] {429, 500, 502, 503, 504}) {
            BulkAnswer whole = read(status, "no room", ONE, false);
            assertThat(whole.retry()).isEqualTo(ONE);
            assertThat(whole.busy()).isEqualTo(status + " no room");
            assertThat(read(200, items("{\"status\":" + status + "}"), ONE, false)
                            .retry())
                    .isEqualTo(ONE);
        }
    }

    @Test
    void aProxyThatLosesElasticsearchForAWhileIsNoReasonToStop() {
        for (int status : new int[] {302, 404, 408}) {
            assertThat(read(status, "no backend", ONE, true).retry()).isEqualTo(ONE);
        }
        assertThat(read(408, "slow", ONE, false).retry()).isEqualTo(ONE);
    }

    @Test
    void whatElasticsearchDoesNotSayItselfMayPass() {
        for (int status : new int[] {200, 400, 403, 406}) {
            for (String said : new String[] {"<html>security_exception</html>", "{\"message\":\"Forbidden\"}", ""}) {
                BulkAnswer answer = read(status, said, ONE, false);
                assertThat(answer.foreign()).isTrue();
                assertThat(answer.retry()).isEqualTo(ONE);
                assertThat(answer.fatal()).isEmpty();
            }
        }
        String noPath = "{\"error\":\"no handler found for uri [/x/_bulk]\",\"status\":400}";
        assertThat(read(400, noPath, ONE, true).fatal()).contains("400: ", "check hosts");
        String own = "{\"error\":{\"type\":\"illegal_argument_exception\",\"reason\":\"r\"},\"status\":400}";
        assertThat(read(400, own, ONE, true).fatal()).contains("400: ");
    }

    @Test
    void credentialsThatWereTakenBeforeMayBeRefusedForAWhile() {
        BulkAnswer answer = read(401, "unable to authenticate", ONE, true);
        assertThat(answer.retry()).isEqualTo(ONE);
        assertThat(answer.busy()).isEqualTo("401 unable to authenticate");
        assertThat(answer.fatal()).isEmpty();
    }

    @Test
    void anIndexThatIsGoneIsMadeAgainWhereWritingHasWorked() {
        String gone =
                "{\"status\":404,\"error\":{\"type\":\"index_not_found_exception\",\"reason\":\"no such index\"}}";
        assertThat(read(200, items(gone), ONE, true).retry()).isEqualTo(ONE);
        assertThat(read(200, items(gone), ONE, false).fatal()).contains("index-0", "no such index");
        String other = "{\"status\":404,\"error\":{\"type\":\"another\",\"reason\":\"r\"}}";
        assertThat(read(200, items(other), ONE, true).fatal()).contains("index-0");
    }

    @Test
    void aBlockIsRetriedAndAMissingPrivilegeIsFatal() {
        String block = "{\"status\":403,\"error\":{\"type\":\"cluster_block_exception\",\"reason\":\"r\"}}";
        assertThat(read(200, items(block), ONE, false).retry()).isEqualTo(ONE);
        String all = "{\"error\":{\"type\":\"cluster_block_exception\",\"reason\":\"r\"},\"status\":403}";
        assertThat(read(403, all, ONE, false).retry()).isEqualTo(ONE);
        String security = "{\"status\":403,\"error\":{\"type\":\"security_exception\",\"reason\":\"r\"}}";
        assertThat(read(200, items(security), ONE, false).fatal()).contains("create_doc", "index-0");
        for (boolean worked : new boolean[] {false, true}) {
            assertThat(read(403, "{\"error\":{\"type\":\"security_exception\",\"reason\":\"r\"}}", ONE, worked)
                            .fatal())
                    .contains("create_doc");
        }
        assertThat(read(401, "", ONE, false).fatal()).contains("password", "api-key");
        String gone = "{\"error\":{\"type\":\"index_not_found_exception\",\"reason\":\"r\"},\"status\":404}";
        assertThat(read(404, gone, ONE, false).fatal()).contains("hosts");
        assertThat(read(404, gone, ONE, true).retry()).isEqualTo(ONE);
    }

    @Test
    void whatARecordBroughtAlongWritesNoLineIntoTheLog() {
        String forged = "{\"status\":400,\"error\":{\"type\":\"t\",\"reason\":\"'x\\nERROR forged\\u001b[31m'\"}}";
        BulkAnswer answer = read(200, items(forged), ONE, false);
        assertThat(answer.rejected().get(0).reason()).isEqualTo("400 t: 'x?ERROR forged?[31m'");
    }

    @Test
    void aMappingErrorIsRejectedWithItsReason() {
        String mapping = "{\"status\":400,\"error\":{\"type\":\"document_parsing_exception\",\"reason\":\"bad date\"}}";
        BulkAnswer answer = read(200, items(mapping, "{\"status\":201}"), entries(2), false);
        assertThat(answer.rejected()).hasSize(1);
        assertThat(answer.rejected().get(0).reason()).contains("document_parsing_exception", "bad date");
        assertThat(answer.retry()).isEmpty();
    }

    @Test
    void whatTheClusterHasNoRoomForIsNoFaultOfTheDocument() {
        String shards =
                "this action would add [1] shards, but this cluster currently has [1000]/[1000] maximum shards open";
        for (String[] error : new String[][] {
            {"validation_exception", "Validation Failed: 1: " + shards + ";"},
            {"illegal_argument_exception", shards}
        }) {
            String item = "{\"status\":400,\"error\":{\"type\":\"" + error[0] + "\",\"reason\":\"" + error[1] + "\"}}";
            BulkAnswer answer = read(200, items(item), ONE, false);
            assertThat(answer.retry()).as(error[0]).isEqualTo(ONE);
            assertThat(answer.rejected()).isEmpty();
        }
        String quoted = "{\"status\":400,\"error\":{\"type\":\"illegal_argument_exception\",\"reason\":\"'" + shards
                + "' is bad\"}}";
        assertThat(read(200, items(quoted), ONE, false).rejected()).hasSize(1);
    }

    @Test
    void anAnswerWithoutItemsIsNoSuccess() {
        for (String said : new String[] {"{}", "<html>", "{\"items\":[]}"}) {
            assertThat(read(200, said, ONE, false).retry()).isEqualTo(ONE);
        }
        assertThat(BulkAnswer.wrongAddress(302, "")).contains("302", "hosts");
    }

    private static BulkAnswer read(int status, String body, List<BulkEntry> entries, boolean worked) {
        return BulkAnswer.read(status, body, entries, worked, worked);
    }

    private static List<BulkEntry> entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new BulkEntry("index-" + i, "id-" + i, new byte[] {'{', '}'}, false))
                .toList();
    }

    private static String items(String... items) {
        StringBuilder json = new StringBuilder("{\"items\":[");
        for (int i = 0; i < items.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"create\":")
                    .append(items[i])
                    .append('}');
        }
        return json.append("]}").toString();
    }
}
