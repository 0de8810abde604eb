package io.entrawatch.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is in the jar that a cluster gets. */
@Tag("full")
class ClusterJarTest {

    private static final long LARGEST = 40L * 1024 * 1024;

    @Test
    void itBringsNothingThatFlinkProvides() {
        Set<String> brought = classes(Chain.JAR);
        Set<String> provided = new TreeSet<>();
        FlinkJars.all().forEach(jar -> provided.addAll(classes(jar)));
        // Flink has an older one for its own configuration; a job's own classes come first.
        provided.removeIf(name -> name.startsWith("org/snakeyaml/"));
        // Kafka's client reads topics with those that it was made with, whichever Flink has for its own files.
        provided.removeIf(name -> name.startsWith("org/xerial/snappy/") || name.startsWith("net/jpountz/"));
        // Flink's connector for files has the same classes inside; Flink's own come first.
        provided.removeIf(name -> name.startsWith("org/apache/flink/connector/base/"));
        assertThat(provided).contains("org/apache/flink/streaming/api/datastream/DataStream.class");
        provided.retainAll(brought);
        assertThat(provided).isEmpty();
    }

    @Test
    void itIsTheJobAloneAndSmall() throws IOException {
        Set<String> brought = classes(Chain.JAR);
        assertThat(brought)
                .contains("io/entrawatch/EntrawatchJob.class")
                .noneMatch(name -> name.startsWith("io/entrawatch/cli/") || name.startsWith("picocli/"));
        assertThat(Files.size(Chain.JAR)).isLessThan(LARGEST);
    }

    @Test
    void itHasABillOfItsMaterials() throws IOException {
        try (JarFile jar = new JarFile(Chain.JAR.toFile())) {
            JsonNode bill = new ObjectMapper().readTree(jar.getInputStream(jar.getEntry("META-INF/sbom/bom.json")));
            assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(bill.get("components").findValuesAsText("name"))
                    .contains("flink-cep", "flink-connector-kafka", "kafka-clients");
            assertThat(bill.get("components").findValuesAsText("version"))
                    .doesNotContain("")
                    .isNotEmpty();
        }
    }

    private static Set<String> classes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.contains("META-INF"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
