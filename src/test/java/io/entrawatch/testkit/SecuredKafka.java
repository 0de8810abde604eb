package io.entrawatch.testkit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka broker in a process of its own, behind TLS, that asks for a password and allows what it is told to. */
public final class SecuredKafka implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String ADMIN_PASSWORD = "admin-of-the-test";
    private static final int SCRAM_ROUNDS = 4096;

    private final int port;
    private final int plainPort;
    private final Certificates certificates;
    private final Process process;

    private SecuredKafka(int port, int plainPort, Certificates certificates, Process process) {
        this.port = port;
        this.plainPort = plainPort;
        this.certificates = certificates;
        this.process = process;
    }

    /** Starts one broker whose users have these passwords. */
    public static SecuredKafka start(
            Path directory, Certificates certificates, Path keystore, Map<String, String> users) throws Exception {
        int port = Ports.free();
        int plain = Ports.free();
        Path settings = directory.resolve("server.properties");
        try (var out = Files.newBufferedWriter(settings)) {
            settings(directory, port, plain, keystore, users).store(out, null);
        }
        Path log = directory.resolve("broker.log");
        String cluster = "AAAAAAAAAAAAAAAAAAAAAQ";
        Process format = java(
                log, "kafka.tools.StorageTool", "format", "--standalone", "-t", cluster, "-c", settings.toString());
        if (format.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        Process process = java(log, "kafka.Kafka", settings.toString());
        SecuredKafka kafka = new SecuredKafka(port, plain, certificates, process);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        Await.until("the broker", () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(log));
            }
            return Files.readString(log).contains("Kafka Server started");
        });
        return kafka;
    }

    private static Properties settings(Path directory, int port, int plain, Path keystore, Map<String, String> users)
            throws Exception {
        int controller = Ports.free();
        StringBuilder jaas = new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
        Map<String, String> all = new TreeMap<>(users);
        all.put(ADMIN, ADMIN_PASSWORD);
        all.forEach((user, password) -> jaas.append(" user_" + user + "=\"" + password + "\""));
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.bootstrap.servers", "localhost:" + controller,
                "listeners",
                        "SAFE://127.0.0.1:" + port + ",OPEN://127.0.0.1:" + plain + ",CONTROL://127.0.0.1:"
                                + controller,
                "advertised.listeners",
                        "SAFE://localhost:" + port + ",OPEN://localhost:" + plain + ",CONTROL://localhost:"
                                + controller,
                "controller.listener.names", "CONTROL",
                "listener.security.protocol.map", "SAFE:SASL_SSL,OPEN:PLAINTEXT,CONTROL:PLAINTEXT",
                "inter.broker.listener.name", "OPEN",
                "log.dirs", directory.resolve("data").toString(),
                "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-512"));
        settings.putAll(Map.of(
                "listener.name.safe.plain.sasl.jaas.config", jaas + ";",
                "ssl.keystore.location", keystore.toString(),
                "ssl.keystore.password", Certificates.PASSWORD,
                "ssl.keystore.type", "PKCS12",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:" + ADMIN + ";User:ANONYMOUS",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "auto.create.topics.enable", "false"));
        settings.put(
                "listener.name.safe.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        return settings;
    }

    private static Process java(Path log, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlog4j2.configurationFile="
                        + Path.of("src/test/resources/log4j2-broker.properties").toAbsolutePath(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** With a name that its certificate has. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Without TLS and password; to look at, and to be mistaken for the other. */
    public String plainBootstrapServers() {
        return "localhost:" + plainPort;
    }

    public int port() {
        return port;
    }

    /** What a client needs to be let in. */
    public Map<String, String> properties(String user, String password) throws Exception {
        return properties("PLAIN", "plain.PlainLoginModule", user, password);
    }

    /** The same for a user made by {@link #addScramUser}. */
    public Map<String, String> scramProperties(String user, String password) throws Exception {
        return properties("SCRAM-SHA-512", "scram.ScramLoginModule", user, password);
    }

    private Map<String, String> properties(String mechanism, String module, String user, String password)
            throws Exception {
        return new TreeMap<>(Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                        + password + "\";",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificates.pem().toString()));
    }

    /** Lets in who proves to know the password by SCRAM, which never sends it. */
    public void addScramUser(String user, String password) throws Exception {
        try (Admin admin = admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, SCRAM_ROUNDS), password)))
                    .all()
                    .get(1, TimeUnit.MINUTES);
        }
    }

    public void createTopic(String topic) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(1, TimeUnit.MINUTES);
        }
    }

    public void send(String topic, String... values) throws Exception {
        Map<String, Object> plain = Map.of("bootstrap.servers", plainBootstrapServers());
        try (var producer = new KafkaProducer<>(plain, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)))
                        .get(1, TimeUnit.MINUTES);
            }
        }
    }

    public void allow(String user, ResourceType type, String name, AclOperation... operations) throws Exception {
        List<AclBinding> bindings = new ArrayList<>();
        for (AclOperation operation : operations) {
            bindings.add(new AclBinding(
                    new ResourcePattern(type, name, PatternType.PREFIXED),
                    new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
        }
        try (Admin admin = admin()) {
            admin.createAcls(bindings).all().get(1, TimeUnit.MINUTES);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", plainBootstrapServers()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
