package io.entrawatch.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka broker in a process of its own, which can be killed and started again with its data. */
public final class KafkaServer implements AutoCloseable {

    private static final String CLUSTER_ID = "AAAAAAAAAAAAAAAAAAAAAQ";
    private static final int SECONDS_TO_ANSWER = 5;

    private final Path home;
    private final int port;
    private final KafkaProducer<byte[], byte[]> producer;
    private ChildProcess process;
    private Future<?> sent = CompletableFuture.completedFuture(null);

    private KafkaServer(Path home, int port) {
        this.home = home;
        this.port = port;
        this.producer = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Starts a broker that keeps its data and its log below a directory. */
    public static KafkaServer start(Path home) throws Exception {
        Files.createDirectories(home);
        int port = Ports.free();
        Files.writeString(home.resolve("server.properties"), properties(home, port, Ports.free()));
        format(home);
        KafkaServer server = new KafkaServer(home, port);
        server.launch();
        return server;
    }

    private static String properties(Path home, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                """
                .formatted(port, controllerPort, home.resolve("data"));
    }

    private static void format(Path home) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {
            "format",
            "--standalone",
            "-t",
            CLUSTER_ID,
            "-c",
            home.resolve("server.properties").toString()
        };
        if (StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
            throw new IOException("Kafka's storage could not be made: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    private void launch() throws Exception {
        ChildProcess.JavaProgram program = new ChildProcess.JavaProgram(
                "kafka.Kafka",
                System.getProperty("java.class.path"),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile="
                                + Path.of("src/test/resources/log4j2-test.properties")
                                        .toAbsolutePath()),
                List.of(home.resolve("server.properties").toString()));
        process = ChildProcess.start("Kafka", program, Map.of(), home.resolve("kafka.log"));
        Await.until("Kafka's answer", () -> {
            process.mustBeAlive();
            return answers();
        });
    }

    private boolean answers() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "request.timeout.ms",
                "2000",
                "default.api.timeout.ms",
                "2000"))) {
            return !admin.describeCluster()
                    .nodes()
                    .get(SECONDS_TO_ANSWER, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers", bootstrapServers(),
                // What is sent while the broker is away waits for it, and comes once and in order.
                "delivery.timeout.ms", "1800000",
                "max.block.ms", "1800000",
                "buffer.memory", "134217728",
                "linger.ms", "5");
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public void createTopic(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    public void send(String topic, int partition, String value) {
        sent = producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Waits until the broker has all that was sent; it comes in order, so that the last one speaks for all. */
    public void flush() throws Exception {
        producer.flush();
        sent.get();
    }

    public void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts the killed broker again on its data and its port. */
    public void startAgain() throws Exception {
        launch();
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ZERO);
        process.close();
    }
}
