package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Flink's options wherever they are shipped: Flink knows them, and their values are what it expects. */
class FlinkConfigurationTest {

    private static final FlinkOptions OPTIONS = FlinkOptions.ofTheClassPath();

    /** What is not the same on one machine and in Kubernetes. */
    private static final Set<String> OF_THE_PLACE = Set.of("env.java.opts.all", "taskmanager.numberOfTaskSlots");

    @Test
    void theConfigurationOfAClusterIsFlinks() {
        assertThat(OPTIONS.problems(ofACluster())).isEmpty();
    }

    @Test
    void theConfigurationOfTheContainersIsFlinks() {
        Map<String, String> properties = Compose.flinkProperties();
        assertThat(properties).containsKey("jobmanager.rpc.address");
        assertThat(OPTIONS.problems(properties)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"base/flink-deployment", "overlays/dev/flink-deployment", "overlays/production/flink-deployment"
            })
    void theConfigurationInKubernetesIsFlinks(String file) {
        assertThat(OPTIONS.problems(inKubernetes(file))).isEmpty();
    }

    @Test
    void kubernetesAndAClusterOfOnesOwnRunTheJobAlike() {
        Map<String, String> both = new LinkedHashMap<>(ofACluster());
        both.keySet().retainAll(inKubernetes("base/flink-deployment").keySet());
        both.keySet().removeAll(OF_THE_PLACE);
        assertThat(both).hasSizeGreaterThan(10);
        assertThat(inKubernetes("base/flink-deployment")).containsAllEntriesOf(both);
    }

    /** Flink's scripts rotate what a process writes to standard output at its start only, and the UI does not show it. */
    @Test
    void onHostsTheLogIsTheFileThatFlinkShowsAndRolls() throws IOException {
        Properties hosts = properties("conf/log4j2-hosts.properties");
        assertThat(hosts)
                .containsEntry("rootLogger.appenderRef.file.ref", "file")
                .containsEntry("appender.file.type", "RollingFile")
                .containsEntry("appender.file.fileName", "${sys:log.file}")
                .containsKey("appender.file.policies.size.size")
                .containsKey("appender.file.strategy.max");
        Properties containers = properties("conf/log4j2.properties");
        assertThat(hosts.get("appender.file.layout.pattern"))
                .isEqualTo(containers.get("appender.console.layout.pattern"));
        hosts.keySet().removeIf(name -> !name.toString().startsWith("logger."));
        containers.keySet().removeIf(name -> !name.toString().startsWith("logger."));
        assertThat(hosts).isEqualTo(containers).hasSizeGreaterThan(6);
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        }
        return properties;
    }

    @Test
    void aWrongOptionAndAWrongValueAreFound() {
        assertThat(OPTIONS.size()).isGreaterThan(500);
        assertThat(OPTIONS.problems(Map.of("state.backend", "rocksdb"))).hasSize(1);
        assertThat(OPTIONS.problems(Map.of("execution.checkpointing.interval", "often")))
                .hasSize(1);
        assertThat(OPTIONS.problems(Map.of("kubernetes.jobmanager.replicas", "two")))
                .hasSize(1);
        assertThat(OPTIONS.problems(Map.of("fs.azure.acount", "x"))).hasSize(1);
    }

    private static Map<String, String> ofACluster() {
        return Manifests.flat(Manifests.one(Path.of("conf/config.yaml")));
    }

    private static Map<String, String> inKubernetes(String file) {
        return Manifests.flat(
                Manifests.one(Path.of("deploy/kubernetes", file + ".yaml")).at("/spec/flinkConfiguration"));
    }
}
