package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

import io.entrawatch.Environments;
import io.entrawatch.Outputs;
import io.entrawatch.Topology;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.Decoded;
import io.entrawatch.ingest.EntraLogs;
import io.entrawatch.ingest.FileTimes;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.settings.TimeSettings;
import io.entrawatch.sink.Writers;

/** The topology over files that end, in this process. */
public final class Scan {

    private static final String SOURCE = "files";

    /** As the system calls it. */
    private static final String DISK_FULL = "No space left on device";

    /** What waits for its turn takes up to so many times the size of its records. */
    private static final double HEAP_FOR_WAITING = 2.5;

    /** What is remembered of people and addresses takes about such a share of the size of all records. */
    private static final double HEAP_FOR_REMEMBERED = 0.3;

    /** Beyond this all goes to disk. */
    private static final double LARGEST_SHARE_OF_HEAP = 0.75;

    private final Catalogue catalogue;
    private final Organization organization;
    private final int parallelism;
    private @Nullable Duration lateness;
    private @Nullable Path geoip;
    private @Nullable String tenant;
    private @Nullable Path page;
    private Consumer<String> told = message -> {};
    private List<Writers.Writer> more = List.of();

    public Scan(Catalogue catalogue, Organization organization, int parallelism) {
        this.catalogue = catalogue;
        this.organization = organization;
        this.parallelism = parallelism;
    }

    /** Reads as if the records arrived now, with this bound for late ones; null for no bound. */
    public Scan lateness(@Nullable Duration bound) {
        lateness = bound;
        return this;
    }

    /** A database in MaxMind's format; null for none. */
    public Scan geoip(@Nullable Path database) {
        geoip = database;
        return this;
    }

    /** The tenant of records that name none; null for the organization's only one. */
    public Scan tenant(@Nullable String id) {
        tenant = id;
        return this;
    }

    /** Where a page of the results will be written: nothing is read there, and an earlier page is taken away; null for none. */
    Scan page(@Nullable Path file) {
        page = file;
        return this;
    }

    /** Tells which files it leaves out that somebody may miss. */
    Scan telling(Consumer<String> messages) {
        told = messages;
        return this;
    }

    /** Writes what it finds there as well. */
    Scan alsoTo(List<Writers.Writer> writers) {
        more = List.copyOf(writers);
        return this;
    }

    /**
     * Scans files and directories and writes the results.
     *
     * @param out an existing directory
     */
    public ScanResult run(List<Path> paths, Path out, Progress progress) throws Exception {
        ScanResult.mustBeOwn(out);
        List<Path> files = LogFiles.of(paths, out, page, told);
        ScanResult.deleteOf(out);
        if (page != null) {
            Files.deleteIfExists(page);
        }
        Path parts = Files.createTempDirectory(out, ".parts-");
        Thread cleaning = new Thread(() -> FileUtils.deleteDirectoryQuietly(parts.toFile()), "clean-up");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            JobExecutionResult job = execute(files, parts, progress);
            return collect(job, parts, out);
        } catch (JobExecutionException e) {
            throw ExceptionUtils.findThrowableWithMessage(e, DISK_FULL).isPresent() ? diskFull(out, e) : e;
        } finally {
            FileUtils.deleteDirectory(parts.toFile());
            forget(cleaning);
        }
    }

    /** What the job found took its time, and is not thrown away where the disk or the heap is too small to put it together. */
    private ScanResult collect(JobExecutionResult job, Path parts, Path out) throws IOException {
        try {
            return ScanResult.collect(job, parts, out, catalogue);
        } catch (IOException | OutOfMemoryError e) {
            throw new LeftInPartsException(Files.move(parts, parts.resolveSibling(parts.getFileName() + "-left")), e);
        }
    }

    private static FailedCommandException diskFull(Path out, JobExecutionException failure) {
        return new FailedCommandException(
                "the job failed: " + DISK_FULL + " (expected: room for the results in --out " + out
                        + ", and for what the job remembers in " + System.getProperty("java.io.tmpdir") + ")",
                failure);
    }

    private static void forget(Thread cleaning) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs already.
        }
    }

    private JobExecutionResult execute(List<Path> files, Path parts, Progress progress) throws Exception {
        ReadingPlan plan = lateness == null ? ReadingPlan.of(look(files, progress)) : ReadingPlan.asTheyCome(files);
        StreamExecutionEnvironment env = Environments.local(options(plan), false);
        env.setParallelism(parallelism);
        EntraLogs logs = new EntraLogs(
                env,
                catalogue.wanted(),
                organization.defaultTenant(),
                geoip == null ? null : geoip.toAbsolutePath().toString(),
                JobSettings.LARGEST_RECORD);
        Topology.Findings findings = Topology.detect(sources(logs, plan), catalogue, organization);
        List<Writers.Writer> writers = new ArrayList<>(more);
        writers.add(Writers.files(parts));
        Outputs.write(findings, catalogue, writers);
        return new RunningJob(env.executeAsync("entrawatch scan")).await(progress);
    }

    /** Looks through all files once, to know in what order their events stand. */
    private static List<FileTimes> look(List<Path> files, Progress progress) throws IOException {
        List<FileTimes> times = new ArrayList<>();
        for (Path file : files) {
            progress.looksThrough(file);
            times.add(FileTimes.of(file, JobSettings.LARGEST_RECORD));
        }
        return times;
    }

    private List<Topology.Source> sources(EntraLogs logs, ReadingPlan plan) {
        List<Topology.Source> sources = new ArrayList<>();
        for (ReadingPlan.Part part : plan.parts()) {
            String name = plan.parts().size() == 1 ? SOURCE : SOURCE + "-" + (sources.size() + 1);
            sources.add(new Topology.Source(name, read(logs, source(name, part.files()), part)));
        }
        return sources;
    }

    private DataStream<Decoded> read(EntraLogs logs, SourceSettings.Files source, ReadingPlan.Part part) {
        Duration bound = lateness;
        if (bound == null) {
            return logs.readToTheEnd(source, Duration.ofMillis(part.disorder()));
        }
        SingleOutputStreamOperator<Decoded> records =
                logs.replay(source, new TimeSettings(bound, TimeSettings.DEFAULT.idleness(), Duration.ZERO));
        // Two that read by turns would differ from run to run in what is late.
        return part.files().size() == 1 ? records : records.setParallelism(1);
    }

    private SourceSettings.Files source(String name, List<Path> files) {
        List<String> paths =
                files.stream().map(file -> file.toAbsolutePath().toString()).toList();
        return new SourceSettings.Files(name, tenant, paths, null);
    }

    private Map<String, String> options(ReadingPlan plan) {
        Map<String, String> options = new HashMap<>();
        options.put("parallelism.default", Integer.toString(parallelism));
        options.put("restart-strategy.type", "none");
        options.put("heartbeat.interval", "1000");
        double needed = HEAP_FOR_WAITING * plan.waiting() + HEAP_FOR_REMEMBERED * plan.size();
        if (needed > LARGEST_SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()) {
            options.put("state.backend.type", "rocksdb");
        }
        return options;
    }
}
