package io.entrawatch.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import io.entrawatch.KafkaAccessException;
import io.entrawatch.sink.SinkSetupException;
import io.entrawatch.yaml.InvalidDocumentException;

/** Everything Entrawatch does without a cluster. */
@Command(
        name = "entrawatch",
        description = "Watches Microsoft Entra ID logs for what Microsoft's guide tells a security team to look for.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ScanCommand.class,
            RunCommand.class,
            RulesCommand.class,
            GenerateCommand.class,
            DemoCommand.class,
            ScorecardCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, with or without alerts",
            "1:rules check found problems, or the job failed",
            "2:bad usage or configuration"
        })
public final class EntrawatchCli {

    private static final String LOGGING = "log4j2.configurationFile";

    private EntrawatchCli() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "entrawatch-log4j2.properties");
        }
        // From Java 22 on there is a console even where there is no terminal, unless this one is asked for.
        System.setProperty("jdk.console", "java.base");
        System.exit(run(
                args,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /** Runs a command and returns its exit code. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new EntrawatchCli())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> explain(exception, command))
                .execute(args);
    }

    private static int explain(Exception exception, CommandLine command) throws Exception {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SinkSetupException) {
                command.getErr().println("the job failed: " + cause.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
        }
        boolean told = exception instanceof InvalidDocumentException
                || exception instanceof KafkaAccessException
                || exception instanceof UncheckedIOException
                || exception instanceof UsageException;
        if (!told) {
            throw exception;
        }
        command.getErr().println(exception.getMessage());
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
