package io.entrawatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.detection.organization.OrganizationReader;
import io.entrawatch.detection.reader.CatalogueReader;
import io.entrawatch.engine.state.SeeksWithinKeyGroups;
import io.entrawatch.ingest.EntraLogs;
import io.entrawatch.kafka.KafkaAccess;
import io.entrawatch.kafka.KafkaTransactions;
import io.entrawatch.settings.JobSettings;
import io.entrawatch.settings.SettingsReader;
import io.entrawatch.settings.SourceSettings;
import io.entrawatch.sink.Writers;
import io.entrawatch.yaml.Problems;

/** The job that a Flink cluster runs: {@code flink run entrawatch.jar --conf entrawatch.yaml}. */
public final class EntrawatchJob {

    private static final Logger LOG = LoggerFactory.getLogger(EntrawatchJob.class);

    /** How often each source says how it is doing. */
    public static final Duration REPORT_EVERY = Duration.ofMinutes(1);

    private EntrawatchJob() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2 || !args[0].equals("--conf")) {
            throw new IllegalArgumentException("usage: --conf FILE (expected: the path of entrawatch.yaml)");
        }
        JobSettings settings = SettingsReader.read(Path.of(args[1]));
        KafkaAccess.check(settings);
        StreamExecutionEnvironment env = Environments.from(settings.flink());
        build(env, settings);
        env.execute("entrawatch");
    }

    /** Puts the job together: settings, sources, topology, writers. */
    public static void build(StreamExecutionEnvironment env, JobSettings settings) {
        build(env, settings, List.of());
    }

    /** As {@link #build(StreamExecutionEnvironment, JobSettings)}, with writers beside those of the settings. */
    public static void build(StreamExecutionEnvironment env, JobSettings settings, List<Writers.Writer> more) {
        checkKeyGroups(env.getMaxParallelism());
        checkBloomFilter(env.getConfiguration());
        KafkaTransactions.check(settings, env.getCheckpointConfig());
        Problems problems = new Problems();
        String file = settings.organization();
        Organization organization =
                file == null ? Organization.UNKNOWN : OrganizationReader.read(Path.of(file), problems);
        List<Path> directories = settings.detections().stream().map(Path::of).toList();
        Catalogue catalogue = CatalogueReader.read(directories, organization, problems);
        problems.throwIfAny();
        String geoip = settings.geoip();
        if (geoip != null) {
            EntraLogs.mustBeDatabase(Path.of(geoip));
        }
        tell(catalogue);

        if (settings.sources().stream().allMatch(SourceSettings::ends)) {
            // Flink lets no timer fire after the end of a stream that it has not let fire before, and completes no
            // checkpoint between the ends of two subtasks, as one that overtakes records may come.
            env.configure(new Configuration()
                    .set(CheckpointingOptions.ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS, false)
                    .set(CheckpointingOptions.ENABLE_UNALIGNED, false));
        }
        EntraLogs logs = new EntraLogs(
                env, catalogue.wanted(), organization.defaultTenant(), settings.geoip(), settings.largestRecord());
        List<Topology.Source> sources = new ArrayList<>();
        for (SourceSettings source : settings.sources()) {
            sources.add(new Topology.Source(source.name(), logs.read(source, settings.time())));
        }
        Topology.Findings findings = Topology.watch(sources, catalogue, organization, REPORT_EVERY);
        List<Writers.Writer> writers = new ArrayList<>(Writers.of(settings.outputs()));
        writers.addAll(more);
        Outputs.write(findings, catalogue, writers);
    }

    /** Keys of one group are placed together only where there are so many key groups. Flink's own choice is such a number. */
    private static void checkKeyGroups(int maxParallelism) {
        if (maxParallelism > 0 && Integer.bitCount(maxParallelism) != 1) {
            throw new IllegalArgumentException(
                    PipelineOptions.MAX_PARALLELISM.key() + ": " + maxParallelism + " (expected: a power of two)");
        }
    }

    /**
     * RocksDB with {@link SeeksWithinKeyGroups} asks its filters whether a key group is there, also for the first of a range, from
     * which Flink copies all when a job is scaled in: it would copy nothing.
     */
    private static void checkBloomFilter(ReadableConfig configuration) {
        ConfigOption<Boolean> filter = RocksDBConfigurableOptions.USE_BLOOM_FILTER;
        boolean within = SeeksWithinKeyGroups.class.getName().equals(configuration.get(RocksDBOptions.OPTIONS_FACTORY));
        if (within && configuration.get(filter)) {
            throw new IllegalArgumentException(
                    filter.key() + ": true (expected: false; state would be lost when the parallelism is lowered)");
        }
    }

    private static void tell(Catalogue catalogue) {
        LOG.info(
                "{} of {} detections are on",
                catalogue.enabled().size(),
                catalogue.entries().size());
        for (Catalogue.Entry entry : catalogue.entries()) {
            if (!entry.enabled()) {
                LOG.warn("{} is off: {}", entry.detection().name(), entry.offBecause());
            }
        }
    }
}
