package io.entrawatch.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.entrawatch.benchmark.Variant.Compared;

/** All that is measured. */
final class Variants {

    static final String LIMIT = "limit";
    static final String FLINK_LIMIT = "limit in Flink";
    static final String FLINK_SQL = "Flink SQL";
    static final String DUCKDB = "DuckDB";
    static final String OURS_3 = "ours-3";
    static final String OURS_ALL = "ours-all";
    static final String OURS_1000 = "ours-all + 1,000 rules";
    static final String OURS_5000 = "ours-all + 5,000 rules";
    static final String OURS_ROCKSDB = "ours-all, RocksDB, checkpoints";
    static final String OURS_KAFKA = "ours-all from Kafka";
    static final String SCAN = "scan";
    static final String GENERATE = "generate";

    /** A quarter of the data is enough to see how fast they are made. */
    private static final long GENERATED_SHARE = 4;

    private final BenchmarkData data;
    private final KafkaInput kafka;
    private final Jobs jobs;

    Variants(BenchmarkData data, KafkaInput kafka, Path home) {
        this.data = data;
        this.kafka = kafka;
        this.jobs = new Jobs(data, home);
    }

    List<Variant> all() {
        List<Variant> all = new ArrayList<>();
        for (int parallelism = 1; parallelism <= 2; parallelism++) {
            all.add(limit(parallelism));
            all.add(ours3(parallelism));
            all.add(oursAll(OURS_ALL, parallelism, 0, Map.of()));
        }
        all.add(ours3(1).onOneCore());
        all.add(oursAll(OURS_ALL, 1, 0, Map.of()).onOneCore());
        all.add(limitInFlink());
        all.add(sql());
        all.add(duckDb(1));
        all.add(duckDb(2));
        all.add(oursAll(OURS_1000, 1, 1_000, Map.of()));
        all.add(oursAll(OURS_5000, 1, 5_000, Map.of()));
        all.add(onRocksDb());
        all.add(scan());
        all.add(generate());
        // Last: after it the kernel took five times as long to write files, which is what generate does.
        all.add(fromKafka());
        return all;
    }

    private Variant limit(int parallelism) {
        return new Variant(
                LIMIT, parallelism, LimitVariant.class, Compared.THREE_DETECTIONS, out -> andFiles(parallelism, out));
    }

    private List<String> andFiles(int parallelism, Path out) {
        return Stream.concat(Stream.of(out), data.files(parallelism).stream())
                .map(Path::toString)
                .toList();
    }

    private Variant limitInFlink() {
        return new Variant(FLINK_LIMIT, 1, FlinkLimitVariant.class, Compared.THREE_DETECTIONS, out -> andFiles(1, out));
    }

    private Variant sql() {
        return new Variant(
                FLINK_SQL,
                1,
                SqlVariant.class,
                Compared.THREE_DETECTIONS,
                out -> List.of(out.toString(), "1", data.one().toUri().toString()));
    }

    private Variant duckDb(int threads) {
        return new Variant(DUCKDB, threads, DuckDbVariant.class, Compared.THREE_DETECTIONS, out -> {
            List<String> arguments = new ArrayList<>(List.of(out.toString(), Integer.toString(threads)));
            data.files(threads).forEach(file -> arguments.add(file.toString()));
            return arguments;
        });
    }

    private Variant ours3(int parallelism) {
        return new Variant(
                OURS_3,
                parallelism,
                JobVariant.class,
                Compared.THREE_DETECTIONS,
                out -> List.of(jobs.three(parallelism, out).toString()));
    }

    private Variant oursAll(String name, int parallelism, int moreRules, Map<String, String> flink) {
        return new Variant(
                name,
                parallelism,
                JobVariant.class,
                Compared.ALL_DETECTIONS,
                out -> List.of(jobs.all(parallelism, moreRules, out, flink).toString()));
    }

    private Variant onRocksDb() {
        return new Variant(OURS_ROCKSDB, 1, JobVariant.class, Compared.ALL_DETECTIONS, out -> {
            Map<String, String> flink = Map.of(
                    "state.backend.type", "rocksdb",
                    // As much as conf/config.yaml gives; Flink in one process has 128 MB for all operators otherwise.
                    "taskmanager.memory.managed.size", "1 gb",
                    "execution.checkpointing.interval", "10 s",
                    "execution.checkpointing.incremental", "true",
                    "execution.checkpointing.dir",
                            out.resolveSibling("checkpoints").toUri().toString());
            return List.of(jobs.all(1, 0, out, flink).toString());
        });
    }

    private Variant fromKafka() {
        return new Variant(
                OURS_KAFKA,
                1,
                JobVariant.class,
                Compared.ALL_DETECTIONS,
                out -> List.of(jobs.allFromKafka(kafka.bootstrapServers(), KafkaInput.TOPIC, out)
                        .toString()));
    }

    private Variant scan() {
        return new Variant(SCAN, 2, ScanVariant.class, Compared.ALL_DETECTIONS, out -> {
            List<String> arguments = new ArrayList<>(List.of(
                    "scan",
                    "--parallelism",
                    "2",
                    "--organization",
                    data.organization().toString(),
                    "--report",
                    out.resolve("report.html").toString(),
                    "--out",
                    out.toString()));
            data.two().forEach(file -> arguments.add(file.toString()));
            return arguments;
        });
    }

    private Variant generate() {
        long users = data.events() / BenchmarkData.EVENTS_OF_A_USER / GENERATED_SHARE;
        return new Variant(
                GENERATE,
                1,
                GenerateVariant.class,
                Compared.NOTHING,
                out -> List.of(out.toString(), Long.toString(users)));
    }
}
