package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.kubernetes.utils.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What Kustomize renders: each thing refers to things that are there, and no pod may more than it needs. */
class KubernetesTest {

    private static final Map<String, String> KINDS = Map.of(
            "Namespace", "v1",
            "ServiceAccount", "v1",
            "ConfigMap", "v1",
            "Role", "rbac.authorization.k8s.io/v1",
            "RoleBinding", "rbac.authorization.k8s.io/v1",
            "NetworkPolicy", "networking.k8s.io/v1",
            "PodDisruptionBudget", "policy/v1",
            "PodMonitor", "monitoring.coreos.com/v1",
            "FlinkDeployment", "flink.apache.org/v1beta1");

    static Stream<Overlay> overlays() {
        return Overlay.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyDocumentSaysWhatItIsAndWhere(Overlay overlay) {
        String namespace = overlay.names("Namespace").get(0);
        assertThat(overlay.documents()).hasSizeGreaterThan(6).allSatisfy(document -> {
            String kind = document.path("kind").asText();
            assertThat(KINDS).containsKey(kind);
            assertThat(document.path("apiVersion").asText()).as(kind).isEqualTo(KINDS.get(kind));
            assertThat(document.at("/metadata/name").asText()).as(kind).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
            if (!kind.equals("Namespace")) {
                assertThat(document.at("/metadata/namespace").asText()).as(kind).isEqualTo(namespace);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatIsReferredToIsThere(Overlay overlay) {
        List<String> missing = new ArrayList<>();
        Map<String, List<String>> there = Map.of(
                "configMap", overlay.names("ConfigMap"),
                "secretRef", secrets(),
                "roleRef", overlay.names("Role"));
        overlay.documents()
                .forEach(document -> Overlay.walk(document, (key, value) -> {
                    String name = value.isTextual()
                            ? value.asText()
                            : value.path("name").asText();
                    boolean known =
                            switch (key) {
                                case "configMap", "secretRef", "roleRef" ->
                                    there.get(key).contains(name);
                                case "secretName" -> secrets().contains(name);
                                case "serviceAccount" ->
                                    overlay.names("ServiceAccount").contains(name);
                                default -> true;
                            };
                    if (!known) {
                        missing.add(key + ": " + name);
                    }
                }));
        assertThat(missing).isEmpty();
        assertThat(overlay.of("RoleBinding").get(0).at("/subjects/0/name").asText())
                .isIn(overlay.names("ServiceAccount"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everySelectorMeetsThePodsThatFlinkMakes(Overlay overlay) {
        List<JsonNode> selectors = new ArrayList<>();
        overlay.of("NetworkPolicy").forEach(policy -> selectors.add(policy.at("/spec/podSelector")));
        overlay.of("PodMonitor").forEach(monitor -> selectors.add(monitor.at("/spec/selector")));
        overlay.of("PodDisruptionBudget").forEach(budget -> selectors.add(budget.at("/spec/selector")));
        overlay.podTemplates().forEach(template -> template.path("topologySpreadConstraints")
                .forEach(constraint -> selectors.add(constraint.get("labelSelector"))));
        assertThat(selectors).hasSizeGreaterThanOrEqualTo(2).allSatisfy(selector -> {
            Map<String, String> labels = Manifests.flat(selector.path("matchLabels"));
            assertThat(labels)
                    .containsEntry(
                            Constants.LABEL_APP_KEY,
                            overlay.names("FlinkDeployment").get(0));
            labels.remove(Constants.LABEL_APP_KEY);
            assertThat(labels)
                    .isIn(
                            Map.of(),
                            Map.of(Constants.LABEL_COMPONENT_KEY, Constants.LABEL_COMPONENT_JOB_MANAGER),
                            Map.of(Constants.LABEL_COMPONENT_KEY, Constants.LABEL_COMPONENT_TASK_MANAGER));
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPortWithANameIsOneOfThePods(Overlay overlay) {
        Set<String> declared = new HashSet<>(Set.of(
                Constants.REST_PORT_NAME, Constants.JOB_MANAGER_RPC_PORT_NAME, Constants.TASK_MANAGER_RPC_PORT_NAME));
        overlay.inPodTemplates("containers")
                .forEach(container -> container.path("ports").forEach(port -> {
                    declared.add(port.path("name").asText());
                    assertThat(port.path("containerPort").asText())
                            .isEqualTo(configuration(overlay).get("metrics.reporter.prom.port"));
                }));
        Set<String> used = new HashSet<>();
        overlay.documents()
                .forEach(document -> Overlay.walk(document, (key, value) -> {
                    if (key.equals("port") && value.isTextual()) {
                        used.add(value.asText());
                    }
                }));
        assertThat(used).containsExactlyInAnyOrder("rest", "metrics", "taskmanager-rpc");
        assertThat(declared).containsAll(used);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noPodMayMoreThanItNeeds(Overlay overlay) {
        JsonNode pod = overlay.podTemplates().get(0);
        assertThat(Manifests.flat(pod.get("securityContext")))
                .containsEntry("runAsNonRoot", "true")
                .containsEntry("runAsUser", "9999")
                .containsEntry("seccompProfile.type", "RuntimeDefault");
        JsonNode container = pod.at("/containers/0");
        assertThat(container.path("name").asText()).isEqualTo(Constants.MAIN_CONTAINER_NAME);
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(Manifests.texts(container.at("/securityContext/capabilities/drop")))
                .containsExactly("ALL");
        assertThat(overlay.of("Namespace").get(0).at("/metadata/labels"))
                .anySatisfy(label -> assertThat(label.asText()).isEqualTo("restricted"));
        assertThat(overlay.of("Role").get(0).toString()).doesNotContain("*").doesNotContain("secrets");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyMountHasItsVolume(Overlay overlay) {
        Set<String> volumes = overlay.inPodTemplates("volumes").stream()
                .map(volume -> volume.path("name").asText())
                .collect(Collectors.toSet());
        overlay.inPodTemplates("containers").forEach(container -> {
            assertThat(container.path("name").asText()).isEqualTo(Constants.MAIN_CONTAINER_NAME);
            container
                    .path("volumeMounts")
                    .forEach(mount -> assertThat(mount.path("name").asText()).isIn(volumes));
        });
        // Without it, the second template's first mount takes the place of the first template's.
        assertThat(configuration(overlay))
                .containsEntry("kubernetes.operator.pod-template.merge-arrays-by-name", "true");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void stateOutlivesItsPods(Overlay overlay) {
        assertThat(configuration(overlay)).containsEntry("high-availability.type", "kubernetes");
        for (String directory : List.of(
                "high-availability.storageDir",
                "execution.checkpointing.dir",
                "execution.checkpointing.savepoint-dir")) {
            assertThat(configuration(overlay).get(directory)).as(directory).matches("(s3|abfss)://.+");
        }
        assertThat(overlay.deployment().at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
        assertThat(overlay.deployment().at("/spec/image").asText()).matches(".+/entrawatch:\\d+\\.\\d+\\.\\d+");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void stateIsReached(Overlay overlay) {
        List<JsonNode> ways = new ArrayList<>();
        overlay.of("NetworkPolicy").forEach(policy -> policy.at("/spec/egress").forEach(ways::add));
        assertThat(ways).as("the identity of the nodes").anySatisfy(way -> {
            assertThat(way.at("/to/0/ipBlock/cidr").asText()).isEqualTo("169.254.169.254/32");
            assertThat(way.at("/ports/0/port").asInt()).isEqualTo(80);
        });
        String endpoint = configuration(overlay).getOrDefault("s3.endpoint", "");
        if (endpoint.contains(".svc.")) {
            String namespace = endpoint.replaceAll("https?://[^.]+\\.([^.]+)\\.svc\\..*", "$1");
            assertThat(ways).as("the pods behind %s", endpoint).anySatisfy(way -> {
                assertThat(way.at("/to/0/namespaceSelector/matchLabels"))
                        .anySatisfy(name -> assertThat(name.asText()).isEqualTo(namespace));
                assertThat(way.at("/ports/0/port").asInt()).isEqualTo(9000);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPodIsProbed(Overlay overlay) {
        for (JsonNode template : overlay.podTemplates().subList(1, 3)) {
            assertThat(template.at("/containers/0").has("readinessProbe")).isTrue();
            assertThat(template.at("/containers/0").has("livenessProbe")).isTrue();
        }
    }

    @Test
    void theLogIsThatOfAnyOtherCluster() throws IOException {
        JsonNode base = Manifests.one(Overlay.DIRECTORY.resolve("base/flink-deployment.yaml"));
        assertThat(base.at("/spec/logConfiguration")
                        .get("log4j-console.properties")
                        .asText())
                .isEqualTo(Files.readString(Path.of("conf/log4j2.properties")));
    }

    @Test
    void theExampleOfSecretsHoldsNone() {
        assertThat(Manifests.all(Overlay.DIRECTORY.resolve("secrets-example.yaml")))
                .isNotEmpty()
                .allSatisfy(secret -> assertThat(
                                Manifests.flat(secret.get("stringData")).values())
                        .isNotEmpty()
                        .containsOnly(""));
    }

    private static List<String> secrets() {
        return Manifests.all(Overlay.DIRECTORY.resolve("secrets-example.yaml")).stream()
                .map(secret -> secret.at("/metadata/name").asText())
                .toList();
    }

    private static Map<String, String> configuration(Overlay overlay) {
        return Manifests.flat(overlay.deployment().at("/spec/flinkConfiguration"));
    }
}
