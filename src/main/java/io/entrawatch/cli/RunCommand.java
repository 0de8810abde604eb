package io.entrawatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.KafkaAccess;
import io.entrawatch.cli.live.LiveView;
import io.entrawatch.cli.live.NewestAlerts;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;

/** Runs the streaming job in this process. */
@Command(
        name = "run",
        description = "Runs the streaming job in this process, with Flink's UI.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    /** A job tells its counts with its heartbeats. */
    private static final String COUNTS_EVERY = "1 s";

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
        KafkaAccess.check(settings);
        Map<String, String> options = new HashMap<>();
        options.put("rest.address", "127.0.0.1");
        options.put("rest.bind-address", "127.0.0.1");
        options.put("rest.port", "8081");
        options.put("heartbeat.interval", COUNTS_EVERY);
        options.put("execution.checkpointing.interval", "10 s");
        options.put("execution.checkpointing.dir", checkpoints().toUri().toString());
        options.putAll(settings.flink());
        StreamExecutionEnvironment env = Environments.local(options, true);
        String where = "Flink's UI is at http://127.0.0.1:" + options.get("rest.port") + " (stop with Ctrl-C)";
        PrintWriter out = spec.commandLine().getOut();
        out.println("Running; " + where);
        try (NewestAlerts alerts = new NewestAlerts()) {
            EntrawatchJob.build(env, settings, List.of(alerts));
            new RunningJob(env.executeAsync("entrawatch")).await(Progress.shownBy(new LiveView(out, alerts, where)));
        }
        return 0;
    }

    /** Checkpoints of a run that nobody gave a place to; memory holds only small ones. */
    private static Path checkpoints() throws IOException {
        return Files.createTempDirectory("entrawatch-checkpoints-");
    }
}
