package io.entrawatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A directory of one's own may be called as the shipped one. */
class RulesInDirectoryTest {

    private static final String RULE =
            """
            title: Failed
            name: failed
            logsource: { product: azure, service: signinlogs }
            detection:
              selection: { Status: Failure, app: Mail }
              condition: %s
            """;

    @TempDir
    private Path directory;

    @Test
    void theShippedRulesAreNotCheckedWithOnesOwn() throws Exception {
        Path organization =
                Files.writeString(directory.resolve("organization.yaml"), "defaults: { zone: Europe/Berlin }\n");
        Path own = Files.createDirectory(directory.resolve("detections")).resolve("mine.yml");
        Files.writeString(own, RULE.formatted("selection"));
        assertThat(check(organization)).isEqualTo("exit 0\n");
        Files.writeString(own, RULE.formatted("selection and not selection"));
        assertThat(check(organization))
                .contains("exit 1\n", "detections/mine.yml:6:14: condition: can never match")
                .hasLineCount(2);
    }

    /** From the directory itself, which only a process of its own can be in. */
    private String check(Path organization) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EntrawatchCli.class.getName(),
                        "rules",
                        "check",
                        "detections",
                        "--organization",
                        organization.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return printed + "exit " + process.waitFor() + "\n";
    }
}
