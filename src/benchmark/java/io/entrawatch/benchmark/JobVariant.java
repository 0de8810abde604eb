package io.entrawatch.benchmark;

import java.nio.file.Path;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import io.entrawatch.EntrawatchJob;
import io.entrawatch.Environments;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;

/** The job as it runs everywhere, in a process of its own and without a UI. */
final class JobVariant {

    private JobVariant() {}

    /** @param args the settings */
    public static void main(String[] args) throws Exception {
        JobSettings settings = SettingsReader.read(Path.of(args[0]));
        StreamExecutionEnvironment env = Environments.local(settings.flink(), false);
        EntrawatchJob.build(env, settings);
        Signals.ready();
        env.execute("entrawatch");
        Signals.done();
    }
}
