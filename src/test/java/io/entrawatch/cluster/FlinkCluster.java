package io.entrawatch.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.ChildProcess;
import io.entrawatch.testkit.Ports;

/**
 * A Flink session cluster of several processes with the shipped {@code conf/config.yaml}: a JobManager with REST and UI,
 * TaskManagers, and the command line. What differs from the shipped configuration is said on each command line.
 */
final class FlinkCluster implements AutoCloseable {

    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String COMMAND_LINE = "org.apache.flink.client.cli.CliFrontend";

    private final Path home;
    private final Map<String, String> options;
    private final Configuration configuration;
    private final FlinkRest rest;
    private final Map<String, ChildProcess> taskManagers = new TreeMap<>();
    private ChildProcess jobManager;
    private int started;

    private FlinkCluster(Path home, Map<String, String> options, int restPort) {
        this.home = home;
        this.options = options;
        this.configuration =
                GlobalConfiguration.loadConfiguration(home.resolve("conf").toString());
        options.forEach(configuration::setString);
        this.rest = new FlinkRest("http://127.0.0.1:" + restPort);
    }

    /**
     * Starts one JobManager; TaskManagers come with {@link #startTaskManager()}.
     *
     * @param home for configuration, logs and temporary files
     * @param options of Flink, before those of the shipped configuration
     */
    static FlinkCluster start(Path home, int restPort, Map<String, String> options) throws Exception {
        for (String directory : List.of("conf", "log", "tmp", "upload")) {
            Files.createDirectories(home.resolve(directory));
        }
        for (String file : List.of("config.yaml", "log4j2.properties")) {
            Files.copy(Path.of("conf", file), home.resolve("conf").resolve(file));
        }
        Map<String, String> all = new LinkedHashMap<>();
        all.put("jobmanager.rpc.port", Integer.toString(Ports.free()));
        all.put("rest.port", Integer.toString(restPort));
        all.put("io.tmp.dirs", home.resolve("tmp").toString());
        all.put("web.upload.dir", home.resolve("upload").toString());
        all.put("jobmanager.memory.process.size", "1g");
        all.put("taskmanager.memory.process.size", "1600m");
        all.put("taskmanager.memory.managed.fraction", "0.3");
        all.put("heartbeat.interval", "1000");
        all.put("heartbeat.timeout", "30000");
        all.putAll(options);
        FlinkCluster cluster = new FlinkCluster(home, all, restPort);
        cluster.startJobManager();
        return cluster;
    }

    FlinkRest rest() {
        return rest;
    }

    void startJobManager() throws Exception {
        String memory = JobManagerProcessUtils.generateJvmParametersStr(
                JobManagerProcessUtils.processSpecFromConfig(configuration), configuration);
        jobManager = launch("jobmanager", JOB_MANAGER, memory, List.of());
        Await.until("the JobManager's answer", () -> {
            jobManager.mustBeAlive();
            return rest.answers();
        });
    }

    /** With SIGKILL. */
    void killJobManager() throws InterruptedException {
        jobManager.kill();
    }

    /** Starts a TaskManager and waits until its slots are there. */
    void startTaskManager() throws Exception {
        String id = "taskmanager-" + ++started;
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> own = new ArrayList<>(List.of("-D", "taskmanager.resource-id=" + id));
        own.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec)));
        ChildProcess process = launch(id, TASK_MANAGER, ProcessMemoryUtils.generateJvmParametersStr(spec), own);
        taskManagers.put(id, process);
        Await.until("the slots of " + id, () -> {
            process.mustBeAlive();
            return rest.taskManagers().contains(id);
        });
    }

    /** With SIGKILL, by the id that REST tells. */
    void killTaskManager(String id) throws InterruptedException {
        taskManagers.remove(id).kill();
    }

    String logOfJobManager() {
        return jobManager.output();
    }

    String logOfTaskManagers() {
        return taskManagers.values().stream().map(ChildProcess::output).collect(Collectors.joining());
    }

    /** What the command {@code flink} prints, with the shipped configuration and this cluster's address. */
    String flink(String command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(command, "-m", rest.address().replace("http://", "")));
        all.addAll(List.of(arguments));
        Path log = Files.createTempFile(home.resolve("log"), command + "-", ".log");
        try (ChildProcess process = ChildProcess.start(
                "flink " + command,
                new ChildProcess.JavaProgram(COMMAND_LINE, FlinkJars.classpath(), jvm("-Xmx512m"), all),
                environment(),
                log)) {
            int code = process.exitCode();
            if (code != 0) {
                throw new AssertionError(
                        "flink " + String.join(" ", all) + " ended with " + code + ":\n" + process.output());
            }
            return process.output();
        }
    }

    private ChildProcess launch(String name, String mainClass, String memory, List<String> own) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--configDir", home.resolve("conf").toString()));
        options.forEach((option, value) -> arguments.addAll(List.of("-D", option + "=" + value)));
        arguments.addAll(own);
        return ChildProcess.start(
                name,
                new ChildProcess.JavaProgram(mainClass, FlinkJars.classpath(), jvm(memory), arguments),
                environment(),
                home.resolve("log").resolve(name + ".log"));
    }

    private List<String> jvm(String memory) {
        List<String> jvm = new ArrayList<>(words(memory));
        jvm.addAll(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        jvm.add("-XX:TieredStopAtLevel=1");
        jvm.add("-Dlog4j.configurationFile="
                + home.resolve("conf/log4j2.properties").toUri());
        return jvm;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.trim().split("\\s+")).toList();
    }

    private Map<String, String> environment() {
        return Map.of("FLINK_CONF_DIR", home.resolve("conf").toString());
    }

    @Override
    public void close() {
        taskManagers.values().forEach(ChildProcess::close);
        jobManager.close();
    }
}
