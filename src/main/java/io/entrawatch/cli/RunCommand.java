package io.entrawatch.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.TemporaryDirectory;
import io.entrawatch.cli.live.LiveView;
import io.entrawatch.cli.live.NewestAlerts;
import io.entrawatch.ingest.EntraLogs;
import io.entrawatch.kafka.KafkaAccess;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;
import io.entrawatch.settings.SourceSettings;

/** Runs the streaming job in this process. */
@Command(
        name = "run",
        description = "Runs the streaming job in this process, with Flink's UI.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    /** A job tells its counts with its heartbeats. */
    private static final String COUNTS_EVERY = "1 s";

    private static final String CHECKPOINTS = "execution.checkpointing.dir";

    @Spec
    private CommandSpec spec;

    @Option(names = "--conf", required = true, paramLabel = "FILE", description = "The settings, entrawatch.yaml.")
    private Path conf;

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(conf)) {
            throw new UsageException("--conf: " + conf + " (expected: a file)");
        }
        JobSettings settings = SettingsReader.read(conf);
        mustBeHere(settings);
        KafkaAccess.check(settings);
        Map<String, String> options = new HashMap<>();
        options.put("rest.address", "127.0.0.1");
        options.put("rest.bind-address", "127.0.0.1");
        options.put("rest.port", "8081");
        options.put("heartbeat.interval", COUNTS_EVERY);
        options.put("execution.checkpointing.interval", "10 s");
        options.putAll(settings.flink());
        if (!options.containsKey(CHECKPOINTS)) {
            // Those of a run that nobody gave a place to; memory holds only small ones.
            Path directory = TemporaryDirectory.untilTheEnd("entrawatch-checkpoints-");
            options.put(CHECKPOINTS, directory.toUri().toString());
        }
        StreamExecutionEnvironment env = Environments.local(options, true);
        String where = "Flink's UI is at http://127.0.0.1:" + options.get("rest.port") + " (stop with Ctrl-C)";
        PrintWriter out = spec.commandLine().getOut();
        try (NewestAlerts alerts = new NewestAlerts()) {
            EntrawatchJob.build(env, settings, List.of(alerts));
            JobClient job = env.executeAsync("entrawatch");
            out.println("Running; " + where);
            new RunningJob(job).await(Progress.shownBy(new LiveView(out, alerts, where)));
        }
        return 0;
    }

    /** What the settings name is read by this process, and Flink would try again for ever where it is not there. */
    private static void mustBeHere(JobSettings settings) {
        List<String> missing = new ArrayList<>();
        Stream<String> logs = settings.sources().stream()
                .filter(SourceSettings.Files.class::isInstance)
                .flatMap(source -> ((SourceSettings.Files) source).paths().stream());
        logs.filter(path -> !Files.isReadable(Path.of(path)))
                .forEach(path -> missing.add("paths: " + path + " (expected: a file or directory that can be read)"));
        String geoip = settings.geoip();
        if (geoip != null && !Files.isReadable(Path.of(geoip))) {
            missing.add("geoip: " + geoip + " (expected: a database in MaxMind's format)");
        } else if (geoip != null) {
            try {
                EntraLogs.mustBeDatabase(Path.of(geoip));
            } catch (UncheckedIOException e) {
                missing.add(e.getMessage());
            }
        }
        if (!missing.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), missing));
        }
    }
}
