package io.entrawatch.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.curator.test.TestingServer;
import org.apache.flink.util.FileUtils;

import io.entrawatch.testkit.ElasticsearchServer;
import io.entrawatch.testkit.KafkaServer;
import io.entrawatch.testkit.Ports;

/**
 * The whole chain on this machine, every part a process of its own: Kafka, a Flink cluster, Elasticsearch. ZooKeeper, by
 * which a new JobManager finds what the last one knew, lives in this process.
 */
final class Chain implements AutoCloseable {

    /** What {@code mvn package} leaves, and a cluster gets. */
    static final Path JAR = Path.of("target", "entrawatch.jar");

    private static Chain shared;

    private final Path home;
    private final KafkaServer kafka;
    private final ElasticsearchServer elasticsearch;
    private final TestingServer zookeeper;
    private final FlinkCluster flink;
    private String jarId = "";

    private Chain(
            Path home,
            KafkaServer kafka,
            ElasticsearchServer elasticsearch,
            TestingServer zookeeper,
            FlinkCluster flink) {
        this.home = home;
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
        this.zookeeper = zookeeper;
        this.flink = flink;
    }

    /** One for all tests, because it takes a minute to start: on free ports, and gone with this process. */
    static synchronized Chain get() throws Exception {
        if (shared == null) {
            Path home = Files.createTempDirectory("entrawatch-chain-");
            shared = start(home, Ports.free(), Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                shared.close();
                FileUtils.deleteDirectoryQuietly(home.toFile());
            }));
        }
        return shared;
    }

    /** Starts everything, with two TaskManagers of two slots each. */
    static Chain start(Path home, int flinkPort, int elasticsearchPort) throws Exception {
        if (!Files.exists(JAR)) {
            throw new AssertionError(JAR + " is missing (expected: mvn package before this)");
        }
        ElasticsearchServer elasticsearch =
                ElasticsearchServer.start(Map.of("http.port", Integer.toString(elasticsearchPort)));
        KafkaServer kafka = KafkaServer.start(home.resolve("kafka"));
        TestingServer zookeeper =
                new TestingServer(-1, home.resolve("zookeeper").toFile());
        FlinkCluster flink = FlinkCluster.start(home.resolve("flink"), flinkPort, options(home, zookeeper));
        flink.startTaskManager();
        flink.startTaskManager();
        return new Chain(home, kafka, elasticsearch, zookeeper, flink);
    }

    private static Map<String, String> options(Path home, TestingServer zookeeper) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("high-availability.type", "zookeeper");
        options.put("high-availability.zookeeper.quorum", zookeeper.getConnectString());
        options.put("high-availability.storageDir", home.resolve("ha").toUri().toString());
        options.put(
                "execution.checkpointing.dir",
                home.resolve("checkpoints").toUri().toString());
        return options;
    }

    Path home() {
        return home;
    }

    KafkaServer kafka() {
        return kafka;
    }

    ElasticsearchServer elasticsearch() {
        return elasticsearch;
    }

    FlinkCluster flink() {
        return flink;
    }

    /** The jar as the cluster knows it. */
    String jar() throws IOException, InterruptedException {
        if (jarId.isEmpty()) {
            jarId = flink.rest().upload(JAR);
        }
        return jarId;
    }

    /** Settings for a job that reads the topic of this name, and writes to the indices that begin with it. */
    Settings settings(String name, Path organization) {
        return new Settings(this, name, organization);
    }

    @Override
    public void close() {
        flink.close();
        kafka.close();
        elasticsearch.close();
        try {
            zookeeper.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An {@code entrawatch.yaml} to be written. */
    static final class Settings {

        private final Chain chain;
        private final String name;
        private final Path organization;
        private final Map<String, String> flink = new LinkedHashMap<>();
        private List<Path> detections = List.of();
        /** However long a fault lasts, what comes after it is not late. */
        private String time = "{ idleness: 1d }";

        private Settings(Chain chain, String name, Path organization) {
            this.chain = chain;
            this.name = name;
            this.organization = organization;
            // The command line would submit the shipped one with the job.
            flink.put(
                    "execution.checkpointing.dir",
                    chain.home.resolve("checkpoints").toUri().toString());
            flink.put("execution.checkpointing.interval", "2 s");
            flink.put("execution.checkpointing.min-pause", "500 ms");
        }

        String name() {
            return name;
        }

        Settings detections(Path... directories) {
            detections = List.of(directories);
            return this;
        }

        /** Time and checkpoints as they are where nothing is said of them. */
        Settings asShipped() {
            time = "{}";
            flink.clear();
            return this;
        }

        /** An option of Flink for this job. */
        Settings flink(String option, String value) {
            flink.put(option, value);
            return this;
        }

        Path write() throws IOException {
            StringBuilder yaml = new StringBuilder(
                    """
                    sources:
                      - name: entra
                        kafka: { bootstrap-servers: "%1$s", topics: [ %2$s ], group-id: %2$s, start-from: earliest }
                    organization: %3$s
                    time: %6$s
                    outputs:
                      elasticsearch: { hosts: [ "%4$s" ], index-prefix: %2$s, timeout: 5s }
                    detections: [ %5$s ]
                    flink:
                    """
                            .formatted(
                                    chain.kafka.bootstrapServers(),
                                    name,
                                    organization,
                                    chain.elasticsearch.address(),
                                    String.join(
                                            ", ",
                                            detections.stream()
                                                    .map(Path::toString)
                                                    .toList()),
                                    time));
            flink.forEach((option, value) ->
                    yaml.append("  ").append(option).append(": ").append(value).append('\n'));
            return Files.writeString(chain.home.resolve(name + ".yaml"), yaml);
        }
    }
}
