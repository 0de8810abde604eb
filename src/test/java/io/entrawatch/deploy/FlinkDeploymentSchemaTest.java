package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.testkit.Skip;

import static org.assertj.core.api.Assertions.assertThat;

/** The deployments against the schema that the Kubernetes operator installs. */
class FlinkDeploymentSchemaTest {

    private static final Path SCHEMA = Path.of(System.getProperty("entrawatch.crds", "../shared/crds"))
            .resolve("flinkdeployments.flink.apache.org-v1.yml");
    private static final Pattern WAY_BACK = Pattern.compile("(?s)```yaml\n(spec:\n.*?)```");

    @BeforeEach
    void thereIsASchema() {
        Skip.unless(
                Files.exists(SCHEMA),
                "no schema: set -Dentrawatch.crds to the directory of the operator's flinkdeployments.flink.apache.org-v1.yml");
    }

    static Stream<Overlay> overlays() {
        return Overlay.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theDeploymentIsWhatTheOperatorTakes(Overlay overlay) {
        assertThat(Crd.read(SCHEMA).problems(overlay.deployment())).isEmpty();
    }

    @Test
    void theWayBackOnThePageIsWhatTheOperatorTakes() throws IOException {
        Matcher back = WAY_BACK.matcher(Files.readString(Overlay.DIRECTORY.resolve("README.md")));
        assertThat(back.find()).isTrue();
        JsonNode deployment = new Overlay("production").deployment();
        ((ObjectNode) deployment.at("/spec/job"))
                .setAll((ObjectNode) Manifests.all(back.group(1)).get(0).at("/spec/job"));
        assertThat(deployment.at("/spec/job/initialSavepointPath").asText())
                .startsWith(deployment
                        .at("/spec/flinkConfiguration")
                        .path("execution.checkpointing.savepoint-dir")
                        .asText());
        assertThat(Crd.read(SCHEMA).problems(deployment)).isEmpty();
    }

    @Test
    void wrongValuesAndUnknownFieldsAreFound() {
        JsonNode deployment = new Overlay("dev").deployment();
        ObjectNode job = (ObjectNode) deployment.at("/spec/job");
        job.put("upgradeMode", "last-save");
        job.put("paralelism", 2);
        ObjectNode pod = (ObjectNode) deployment.at("/spec/podTemplate/spec");
        pod.put("runAsNonRoot", true);
        assertThat(Crd.read(SCHEMA).problems(deployment))
                .hasSize(3)
                .anyMatch(problem -> problem.contains("upgradeMode"))
                .anyMatch(problem -> problem.contains("paralelism"))
                .anyMatch(problem -> problem.contains("runAsNonRoot"));
    }
}
