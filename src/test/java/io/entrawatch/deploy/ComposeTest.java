package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.flink.client.cli.CliFrontendParser;
import org.apache.flink.runtime.entrypoint.parser.CommandLineOptions;
import org.apache.flink.runtime.entrypoint.parser.CommandLineParser;
import org.apache.flink.runtime.entrypoint.parser.ParserResultFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.testkit.Skip;

import static org.assertj.core.api.Assertions.assertThat;

/** The compose file: whole, pinned, healthy before others lean on it, and without a secret in it. */
class ComposeTest {

    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:\\d+\\.\\d+\\.\\d+[a-z0-9-]*");
    private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]+}");

    @TempDir
    private static Path directory;

    private static Properties made;

    @BeforeAll
    static void makeEnvironment() throws Exception {
        Program program = Program.run(directory, "bash", makeEnv(), directory.toString());
        assertThat(program.exit()).as(program.output()).isZero();
        made = new Properties();
        try (var reader = Files.newBufferedReader(directory.resolve(".env"))) {
            made.load(reader);
        }
    }

    @Test
    void everyImageIsPinned() throws IOException {
        Compose.services()
                .forEach((name, service) ->
                        assertThat(service.path("image").asText()).as(name).matches(PINNED));
        assertThat(Files.readAllLines(Compose.DIRECTORY.resolve("Dockerfile")))
                .filteredOn(line -> line.startsWith("FROM "))
                .singleElement()
                .satisfies(line -> assertThat(line.substring(5)).matches(PINNED));
    }

    @Test
    void whatGoesOnHasAHealthCheckAndWhatEndsHasNone() {
        Compose.services()
                .forEach((name, service) ->
                        assertThat(service.has("healthcheck")).as(name).isEqualTo(!Compose.isOnce(service)));
    }

    @Test
    void nobodyStartsBeforeWhatItNeedsIsReady() {
        Compose.services().forEach((name, service) -> Manifests.entries(service.path("depends_on"))
                .forEach((other, how) -> assertThat(how.path("condition").asText())
                        .as("%s on %s", name, other)
                        .isEqualTo(
                                Compose.isOnce(Compose.services().get(other))
                                        ? "service_completed_successfully"
                                        : "service_healthy")));
        assertThat(Manifests.entries(Compose.services().get("jobmanager").get("depends_on")))
                .containsOnlyKeys("kafka-topics", "elasticsearch-setup");
    }

    @Test
    void nobodyGainsPrivileges() {
        Compose.services().forEach((name, service) -> {
            assertThat(Manifests.texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(Manifests.texts(service.path("security_opt")))
                    .as(name)
                    .containsExactly("no-new-privileges:true");
            assertThat(service.has("privileged")).as(name).isFalse();
        });
    }

    @Test
    void portsAreOpenToThisMachineOnly() {
        Compose.services().forEach((name, service) -> assertThat(Manifests.texts(service.path("ports")))
                .as(name)
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:")));
    }

    @Test
    void everyMountedFileIsThereOrMade() throws Exception {
        List<String> missing = new ArrayList<>();
        Compose.services().forEach((name, service) -> Compose.mounts(service).forEach(mount -> {
            boolean there = mount[0].startsWith(".")
                    ? Files.exists(Compose.DIRECTORY.resolve(mount[0])) || Files.exists(directory.resolve(mount[0]))
                    : Compose.volumes().has(mount[0]);
            if (!there) {
                missing.add(name + ": " + mount[0]);
            }
        }));
        assertThat(missing).isEmpty();
    }

    @Test
    void secretsComeFromTheEnvironmentThatIsMadeForThem() throws Exception {
        Compose.services().forEach((name, service) -> Manifests.entries(service.path("environment"))
                .forEach((variable, value) -> {
                    if (variable.matches(".*(PASSWORD|ENCRYPTIONKEY)")
                            || value.asText().contains("password=")) {
                        assertThat(REQUIRED.matcher(value.asText()).replaceAll("<$1>"))
                                .as("%s of %s", variable, name)
                                .matches("(?s)<[A-Z_]+>|.*password=\"<[A-Z_]+>\".*");
                    }
                }));
        assertThat(required()).isNotEmpty().isSubsetOf(made.stringPropertyNames());
    }

    @Test
    void whatIsMadeIsRandomAndOneIsOwn() throws Exception {
        assertThat(made.values()).hasSameSizeAs(Map.copyOf(swap(made)).keySet());
        assertThat(made.values())
                .allSatisfy(value -> assertThat(value.toString()).hasSizeGreaterThanOrEqualTo(32));
        assertThat(permissions(".env")).isEqualTo("rw-------");
        assertThat(permissions("certs")).isEqualTo("rwx------");
        assertThat(permissions("certs/ca.key")).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory.resolve("certs"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "ca.crt",
                            "ca.key",
                            "elasticsearch.crt",
                            "elasticsearch.key",
                            "kafka.pem",
                            "kibana.crt",
                            "kibana.key");
        }
    }

    @Test
    void whatIsMadeIsNotMadeTwice() throws Exception {
        byte[] before = Files.readAllBytes(directory.resolve(".env"));
        Program again = Program.run(directory, "bash", makeEnv(), directory.toString());
        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.output()).contains(".env: is there already");
        assertThat(Files.readAllBytes(directory.resolve(".env"))).isEqualTo(before);
    }

    @Test
    void certificatesAreRenewedAndThePasswordsStay(@TempDir Path own) throws Exception {
        Program tooEarly = renew(own);
        assertThat(tooEarly.exit()).isEqualTo(1);
        assertThat(tooEarly.output()).contains(".env: is not there (expected: ");
        assertThat(own).isEmptyDirectory();

        Files.createFile(own.resolve("compose.yaml"));
        assertThat(Program.run(own, "bash", makeEnv(), own.toString()).exit()).isZero();
        String passwords = Files.readString(own.resolve(".env"));
        List<String> before = fingerprints(own);
        Program renewed = renew(own);
        assertThat(renewed.exit()).as(renewed.output()).isZero();
        assertThat(renewed.output()).contains("compose.yaml up --force-recreate --detach");
        assertThat(Files.readString(own.resolve(".env"))).isEqualTo(passwords);
        assertThat(fingerprints(own)).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
        try (Stream<Path> files = Files.list(own)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".env", "certs", "compose.yaml");
        }
        assertThat(Program.run(own, "openssl", "verify", "-CAfile", "certs/ca.crt", "certs/kafka.pem")
                        .output())
                .endsWith("OK\n");
    }

    private static Program renew(Path own) {
        return Program.run(own, "bash", makeEnv(), "--renew-certificates", own.toString());
    }

    private static List<String> fingerprints(Path own) {
        return Stream.of("ca.crt", "elasticsearch.crt", "kibana.crt", "kafka.pem")
                .map(file -> Program.run(own, "openssl", "x509", "-noout", "-fingerprint", "-in", "certs/" + file)
                        .output())
                .toList();
    }

    @Test
    void whatIsSaidToDoNextCanBeDone(@TempDir Path other) throws Exception {
        Path own = Files.createDirectory(other.resolve("e n v"));
        assertThat(Program.run(own, "bash", makeEnv(), own.toString()).output()).doesNotContain("docker compose");
        Path beside = Files.createDirectory(other.resolve("t h e r e"));
        Files.createFile(beside.resolve("compose.yaml"));
        String next = Program.run(beside, "bash", makeEnv(), beside.toString())
                .output()
                .lines()
                .filter(line -> line.startsWith("next: "))
                .findFirst()
                .orElseThrow()
                .substring(6);
        String words =
                Program.run(beside, "bash", "-c", "printf '%s\\n' " + next).output();
        assertThat(words.lines())
                .containsExactly(
                        "docker",
                        "compose",
                        "-f",
                        beside.resolve("compose.yaml").toString(),
                        "up",
                        "--build",
                        "--detach");
        assertThat(Files.readString(Compose.DIRECTORY.resolve("README.md")))
                .contains("docker compose -f docker/compose.yaml up --build --detach\n");
    }

    @Test
    void anOpensslThatFailsIsToldAndLeavesNothing(@TempDir Path other) throws Exception {
        Path own = Files.createDirectory(other.resolve("own"));
        Path old = Files.writeString(
                Files.createDirectory(other.resolve("bin")).resolve("openssl"),
                "#!/bin/sh\ncase \"$*\" in *-addext*) echo 'unknown option -addext' >&2; exit 1 ;; esac\necho abc\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        Program failed = Program.run(
                own, "env", "PATH=" + old.getParent() + ":" + System.getenv("PATH"), "bash", makeEnv(), own.toString());
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.output()).contains("unknown option -addext", "openssl req: failed (expected: OpenSSL 1.1.1");
        assertThat(own).isEmptyDirectory();
        assertThat(Program.run(own, "bash", makeEnv(), own.toString()).exit()).isZero();
        try (Stream<Path> made = Files.list(own)) {
            assertThat(made.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(".env", "certs");
        }
    }

    @Test
    void theCertificatesAreOfTheServersNames() throws Exception {
        for (String server : List.of("elasticsearch.crt", "kibana.crt", "kafka.pem")) {
            String name = server.substring(0, server.indexOf('.'));
            Path certificate = directory.resolve("certs").resolve(server);
            Program verified = Program.run(
                    directory,
                    "openssl",
                    "verify",
                    "-CAfile",
                    "certs/ca.crt",
                    "-verify_hostname",
                    name,
                    certificate.toString());
            assertThat(verified.output()).as(server).endsWith("OK\n");
        }
    }

    @Test
    void theDockerfileTakesOnlyWhatTheBuilderIsSent() throws IOException {
        List<String> sent = Files.readAllLines(Compose.DIRECTORY.resolve("Dockerfile.dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        Matcher copied = Pattern.compile("(?m)^COPY --chown=flink:flink (\\S+) ")
                .matcher(Files.readString(Compose.DIRECTORY.resolve("Dockerfile")));
        assertThat(copied.results().map(result -> result.group(1))).hasSize(4).allSatisfy(path -> assertThat(sent)
                .anyMatch(path::startsWith));
    }

    @Test
    void aJobManagerGoesOnFromTheLastWholeCheckpoint(@TempDir Path state) throws Exception {
        String script = Compose.DIRECTORY
                .resolve("from-last-checkpoint.sh")
                .toAbsolutePath()
                .toString();
        String checkpoints = state.resolve("checkpoints").toString();
        String[] start = {"bash", script, checkpoints, "echo", "standalone-job", "--", "--conf", "file"};
        assertThat(Program.run(state, start).output()).isEqualTo("standalone-job -- --conf file\n");
        Path earlier = checkpoint(state, "chk-9", "_metadata", 1);
        checkpoint(state, "chk-10", "_metadata", 2);
        checkpoint(state, "chk-11", "unfinished", 3);
        assertThat(Program.run(state, start).output())
                .endsWith("standalone-job --fromSavepoint file://" + earlier.resolveSibling("chk-10")
                        + " -- --conf file\n");
    }

    private static Path checkpoint(Path state, String name, String file, int minute) throws IOException {
        Path made = Files.createDirectories(state.resolve("checkpoints/0000").resolve(name));
        Path written = Files.createFile(made.resolve(file));
        Files.setLastModifiedTime(written, FileTime.from(Instant.EPOCH.plusSeconds(60L * minute)));
        return made;
    }

    @Test
    void flinkLeavesTheArgumentsOfTheJobToTheJob() throws Exception {
        List<String> command =
                Manifests.texts(Compose.services().get("jobmanager").get("command"));
        assertThat(Manifests.texts(Compose.services().get("jobmanager").get("entrypoint")))
                .containsExactly(
                        "bash",
                        "/opt/entrawatch/from-last-checkpoint.sh",
                        "/opt/entrawatch/state/checkpoints",
                        "/docker-entrypoint.sh");
        List<String> arguments =
                new ArrayList<>(List.of("--configDir", "/opt/flink/conf", "--fromSavepoint", "file:///chk-10"));
        arguments.addAll(command.subList(1, command.size()));
        assertThat(new CommandLineParser<>(new JobOfAnImage()).parse(arguments.toArray(String[]::new)))
                .containsExactly("--conf", "/opt/entrawatch/conf/entrawatch.yaml");
    }

    /** The options of Flink's entry point for a job that is in the image, as far as they are used. */
    private static final class JobOfAnImage implements ParserResultFactory<List<String>> {
        @Override
        public Options getOptions() {
            return new Options()
                    .addOption(CommandLineOptions.CONFIG_DIR_OPTION)
                    .addOption(CommandLineOptions.DYNAMIC_PROPERTY_OPTION)
                    .addOption(CliFrontendParser.SAVEPOINT_PATH_OPTION)
                    .addOption(Option.builder("j")
                            .longOpt("job-classname")
                            .hasArg()
                            .build());
        }

        @Override
        public List<String> createResult(CommandLine line) {
            return line.getArgList();
        }
    }

    @Test
    void composeItselfTakesTheFile() throws Exception {
        Skip.unless(
                Program.run(directory, "docker", "compose", "version").exit() == 0,
                "no docker compose here: the file was not shown to it");
        Program config = compose("--env-file", directory.resolve(".env").toString());
        assertThat(config.exit()).as(config.output()).isZero();
        Program bare = compose("--env-file", "/dev/null");
        assertThat(bare.exit()).isNotZero();
        assertThat(bare.output()).contains("run docker/make-env.sh first");
    }

    private static Program compose(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(List.of(options));
        command.addAll(List.of("--file", Compose.FILE.toString(), "--profile", "tools", "config", "--quiet"));
        return Program.run(Path.of(""), command.toArray(String[]::new));
    }

    private static String makeEnv() {
        return Compose.DIRECTORY.resolve("make-env.sh").toAbsolutePath().toString();
    }

    private static String permissions(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(path)));
    }

    private static List<String> required() throws IOException {
        return REQUIRED.matcher(Files.readString(Compose.FILE))
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
    }

    private static Map<Object, Object> swap(Properties properties) {
        Map<Object, Object> swapped = new HashMap<>();
        properties.forEach((name, value) -> swapped.put(value, name));
        return swapped;
    }
}
