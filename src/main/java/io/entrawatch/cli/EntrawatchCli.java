package io.entrawatch.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.runtime.client.JobInitializationException;
import org.apache.flink.util.DynamicCodeLoadingException;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

import io.entrawatch.kafka.KafkaAccessException;
import io.entrawatch.sink.SinkSetupException;
import io.entrawatch.yaml.FileReason;
import io.entrawatch.yaml.InvalidDocumentException;
import io.entrawatch.yaml.Printable;
import io.entrawatch.yaml.Problems;

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
            "1:rules check found problems, demo missed an attack or raised a wrong alert, or the job failed",
            "2:bad usage or configuration"
        })
public final class EntrawatchCli {

    private static final String LOGGING = "log4j2.configurationFile";

    /** How Flink begins, before it names the value and the setting. */
    private static final String UNREADABLE = "Could not parse value";

    /** What Flink makes of a value that it cannot use when a job starts. */
    private static final List<Class<? extends Exception>> WRONG_VALUES =
            List.of(DynamicCodeLoadingException.class, IllegalConfigurationException.class);

    private EntrawatchCli() {}

    public static void main(String[] args) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "entrawatch-log4j2.properties");
        }
        // From Java 22 on there is a console even where there is no terminal, unless this one is asked for.
        System.setProperty("jdk.console", "java.base");
        // Flink writes sizes in the digits of the locale, and reads no other than 0 to 9.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        System.exit(run(
                args,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /** Runs a command and returns its exit code. */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine command = PlainValues.readBy(new CommandLine(new EntrawatchCli()))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, words) -> refuse(wrong))
                .setExecutionStrategy(EntrawatchCli::runAsGiven)
                .setExecutionExceptionHandler((exception, line, parsed) -> explain(exception, line));
        try {
            return command.execute(args);
        } catch (OutOfMemoryError e) {
            // Without an exit code the process would go on for ever: Flink's threads do not end.
            err.println(words(e));
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
    }

    /** Help would be given whatever else is asked, also about a command that there is not. */
    private static int runAsGiven(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            List<String> unknown = command.getParseResult().unmatched();
            if (!unknown.isEmpty()) {
                throw new UnmatchedArgumentException(command, unknown);
            }
        }
        return new RunLast().execute(parsed);
    }

    /** A value that is none is told in one line; how a command goes, where it was not given as one. */
    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        Set<String> names = new TreeSet<>(command.getSubcommands().keySet());
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption() && !names.isEmpty()) {
            String name = unmatched.getUnmatched().get(0);
            tell(
                    name + ": no such command (expected: " + String.join(", ", names) + ")"
                            + Problems.suggestion(name, names),
                    command);
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        tell(wrong.getMessage(), command);
        if (!(wrong.getCause() instanceof TypeConversionException)
                && !UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            command.usage(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String words(OutOfMemoryError error) {
        return "the job failed: " + error.getMessage() + " (expected: a larger heap, -Xmx, or less parallelism)";
    }

    private static String words(Exception exception) {
        Throwable cause = exception.getCause();
        if (exception instanceof FileSystemException file) {
            return FileReason.named(file);
        }
        return exception instanceof UncheckedIOException && cause instanceof FileSystemException file
                ? withoutPath(String.valueOf(exception.getMessage()), file) + FileReason.named(file)
                : String.valueOf(exception.getMessage());
    }

    /** What stands before the name of a file, which its reason follows. */
    private static String withoutPath(String message, FileSystemException file) {
        int end = message.indexOf(String.valueOf(file.getFile()));
        return end < 0 ? message + ": " : message.substring(0, end).replaceFirst("java\\.nio\\.file\\.\\w+: $", "");
    }

    /** Flink's own settings are read where Flink comes to use them, some when the job starts; null for all other failures. */
    private static @Nullable String wrongForFlink(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof BindException) {
            return message + " (expected: a free port and an address of this machine; rest.port, rest.bind-port and"
                    + " rest.bind-address under flink)";
        }
        if (cause instanceof JobInitializationException
                && WRONG_VALUES.stream().anyMatch(type -> ExceptionUtils.findThrowable(cause, type)
                        .isPresent())) {
            return "flink: " + causes(cause);
        }
        return cause instanceof IllegalArgumentException && message.startsWith(UNREADABLE) ? "flink: " + message : null;
    }

    /** What the causes say, without those that only repeat the next one. */
    private static String causes(Throwable failure) {
        List<String> said = new ArrayList<>();
        String before = "";
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            boolean repeats = message.equals(String.valueOf(cause.getCause()));
            if (!repeats && !before.endsWith(message)) {
                said.add(message);
                before = message;
            }
        }
        return String.join(": ", said);
    }

    static int explain(Exception exception, CommandLine command) throws Exception {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof SinkSetupException) {
                tell("the job failed: " + cause.getMessage(), command);
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            if (cause instanceof OutOfMemoryError error) {
                tell(words(error), command);
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            if (cause instanceof FailedCommandException) {
                tell(cause.getMessage(), command);
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            String wrong = wrongForFlink(cause);
            if (wrong != null) {
                tell(wrong, command);
                return command.getCommandSpec().exitCodeOnInvalidInput();
            }
        }
        boolean told = exception instanceof InvalidDocumentException
                || exception instanceof KafkaAccessException
                || exception instanceof UncheckedIOException
                || exception instanceof FileSystemException
                || exception instanceof UsageException;
        if (!told) {
            throw exception;
        }
        tell(words(exception), command);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Files have names that others gave them. */
    private static void tell(@Nullable String message, CommandLine command) {
        String.valueOf(message).lines().forEach(line -> command.getErr().println(Printable.of(line)));
    }
}
