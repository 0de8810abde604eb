package io.entrawatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.state.SeeksWithinKeyGroups;

/** Flink's environment with what this job insists on. */
public final class Environments {

    /**
     * Four times as often as Flink does: all that comes between two watermarks waits, and where logs are read as fast as they
     * can be, that was more than waits in memory, see {@link io.entrawatch.engine.OrderObservations}.
     */
    private static final Duration WATERMARKS = Duration.ofMillis(50);

    /** A process that was stopped for a while has not lost itself. */
    private static final Duration PATIENCE_WITH_ITSELF = Duration.ofDays(7);

    private static @Nullable Path temporary;

    private Environments() {}

    /** The environment of the cluster, or of the process where there is none. */
    public static StreamExecutionEnvironment from(Map<String, String> options) {
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
    }

    /** A Flink of its own in this process. */
    public static StreamExecutionEnvironment local(Map<String, String> options, boolean webUi) {
        Configuration configuration = configuration(options);
        giveBuffers(configuration);
        giveRocksDbMemory(configuration);
        setUnlessSet(configuration, HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, PATIENCE_WITH_ITSELF);
        setUnlessSet(configuration, CoreOptions.TMP_DIRS, temporary().toString());
        setUnlessSet(configuration, WebOptions.TMP_DIR, temporary().toString());
        return webUi
                ? StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(configuration)
                : StreamExecutionEnvironment.createLocalEnvironment(configuration);
    }

    /** Flink unpacks and works there, and leaves both when the process ends: 24 MB of its own each time. One for all. */
    private static synchronized Path temporary() {
        Path known = temporary;
        if (known == null) {
            try {
                known = TemporaryDirectory.untilTheEnd("entrawatch-flink-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            temporary = known;
        }
        return known;
    }

    /**
     * Every subtask has buffers for every other one. What Flink takes in a process of its own is too little for as many
     * operators as this job has; small buffers, and more of them the more subtasks there are, are enough. With one subtask they
     * are larger: what has read a buffer sleeps until the next, and to be woken for each few events took a tenth of all
     * that the job did.
     */
    private static void giveBuffers(Configuration configuration) {
        int subtasks = configuration
                .getOptional(CoreOptions.DEFAULT_PARALLELISM)
                .orElse(Runtime.getRuntime().availableProcessors());
        MemorySize memory = MemorySize.ofMebiBytes(Math.max(64, 2L * subtasks * subtasks + 10L * subtasks));
        MemorySize buffer = MemorySize.parse(subtasks == 1 ? "32kb" : "8kb");
        setUnlessSet(configuration, TaskManagerOptions.MEMORY_SEGMENT_SIZE, buffer);
        setUnlessSet(configuration, TaskManagerOptions.NETWORK_MEMORY_MIN, memory);
        setUnlessSet(
                configuration,
                TaskManagerOptions.NETWORK_MEMORY_MAX,
                configuration.get(TaskManagerOptions.NETWORK_MEMORY_MIN));
    }

    /** What Flink takes in a process of its own is too little for as many operators as this job has: they read all from disk. */
    private static void giveRocksDbMemory(Configuration configuration) {
        if (configuration.get(StateBackendOptions.STATE_BACKEND).equals("rocksdb")) {
            setUnlessSet(configuration, TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
        }
    }

    private static <T> void setUnlessSet(Configuration configuration, ConfigOption<T> option, T value) {
        if (!configuration.contains(option)) {
            configuration.set(option, value);
        }
    }

    /**
     * No Kryo, a uid on every operator; an event belongs to the chain it is in, which may write into
     * its fields, so that it need not be copied between chained operators. Snapshots are
     * compressed, because many values have much in common, and because Flink reads what is not byte by byte from a file.
     */
    static Configuration configuration(Map<String, String> options) {
        Configuration configuration = Configuration.fromMap(options);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // What goes on in order goes on in memory: not all of it is written.
        configuration.set(PipelineOptions.OPERATOR_CHAINING, true);
        setUnlessSet(configuration, PipelineOptions.AUTO_WATERMARK_INTERVAL, WATERMARKS);
        setUnlessSet(configuration, ExecutionOptions.SNAPSHOT_COMPRESSION, true);
        setUnlessSet(configuration, RocksDBOptions.OPTIONS_FACTORY, SeeksWithinKeyGroups.class.getName());
        return configuration;
    }
}
