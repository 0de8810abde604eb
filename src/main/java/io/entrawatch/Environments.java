package io.entrawatch;

import java.util.Map;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Flink's environment with what this job insists on. */
public final class Environments {

    private Environments() {}

    /** The environment of the cluster, or of the process where there is none. */
    public static StreamExecutionEnvironment from(Map<String, String> options) {
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
    }

    /** A Flink of its own in this process. */
    public static StreamExecutionEnvironment local(Map<String, String> options, boolean webUi) {
        Configuration configuration = configuration(options);
        return webUi
                ? StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration)
                : StreamExecutionEnvironment.createLocalEnvironment(configuration);
    }

    /** No Kryo, a uid on every operator; records are immutable and need not be copied between chained operators. */
    static Configuration configuration(Map<String, String> options) {
        Configuration configuration = Configuration.fromMap(options);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        return configuration;
    }
}
