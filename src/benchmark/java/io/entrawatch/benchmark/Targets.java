package io.entrawatch.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What has to be reached, reckoned from the medians of one run. */
final class Targets {

    /** A line of the table. */
    record Row(String what, String target, String measured, boolean met) {

        String verdict() {
            return met ? "met" : "missed";
        }
    }

    private final Map<Variant, List<Measurement>> measured;
    private final List<Row> rows = new ArrayList<>();

    private Targets(Map<Variant, List<Measurement>> measured) {
        this.measured = measured;
    }

    /** The targets whose variants were run. */
    static List<Row> of(Map<Variant, List<Measurement>> measured) {
        Targets targets = new Targets(measured);
        targets.atMost("ours-3 against limit", 2.0, targets.cpu(Variants.OURS_3), targets.cpu(Variants.LIMIT));
        targets.atMost("ours-3 against Flink SQL", 0.25, targets.cpu(Variants.OURS_3), targets.cpu(Variants.FLINK_SQL));
        targets.atMost(
                "ours-3 against DuckDB by the wall, start to last alert, parallelism 2",
                1.0,
                targets.of(Variants.OURS_3, 2, Measurement::coldSeconds),
                targets.of(Variants.DUCKDB, 2, Measurement::coldSeconds));
        targets.atMost(
                "ours-3 against DuckDB by the wall, second half of the run (events/s), parallelism 2",
                1.0,
                targets.speed(Variants.DUCKDB, 2),
                targets.speed(Variants.OURS_3, 2));
        targets.atMost("ours-all against ours-3", 1.8, targets.cpu(Variants.OURS_ALL), targets.cpu(Variants.OURS_3));
        targets.atMost(
                "ours-all against Flink SQL doing only three",
                0.5,
                targets.cpu(Variants.OURS_ALL),
                targets.cpu(Variants.FLINK_SQL));
        targets.atMost(
                "ours-all + 1,000 rules against ours-all",
                1.25,
                targets.cpu(Variants.OURS_1000),
                targets.cpu(Variants.OURS_ALL));
        targets.atMost(
                "ours-all + 5,000 rules against ours-all",
                1.6,
                targets.cpu(Variants.OURS_5000),
                targets.cpu(Variants.OURS_ALL));
        targets.atMost(
                "ours-all on RocksDB with checkpoints against heap",
                1.8,
                targets.cpu(Variants.OURS_ROCKSDB),
                targets.cpu(Variants.OURS_ALL));
        targets.atLeast(
                "ours-3, events/s at parallelism 2 against 1",
                1.7,
                targets.speed(Variants.OURS_3, 2),
                targets.speed(Variants.OURS_3, 1));
        targets.atLeast(
                "ours-all, events/s at parallelism 2 against 1",
                1.7,
                targets.speed(Variants.OURS_ALL, 2),
                targets.speed(Variants.OURS_ALL, 1));
        targets.atLeast(
                "ours-3, events/s at parallelism 2 on two cores against 1 on one",
                1.7,
                targets.speed(Variants.OURS_3, 2),
                targets.speed(Variants.OURS_3 + Variant.ON_ONE_CORE, 1));
        targets.atLeast(
                "ours-all, events/s at parallelism 2 on two cores against 1 on one",
                1.7,
                targets.speed(Variants.OURS_ALL, 2),
                targets.speed(Variants.OURS_ALL + Variant.ON_ONE_CORE, 1));
        targets.atMost(
                "scan, start to report, against the streaming run",
                1.5,
                targets.of(Variants.SCAN, 2, Measurement::coldSeconds),
                targets.of(Variants.OURS_ALL, 2, Measurement::coldSeconds));
        targets.generated();
        return targets.rows;
    }

    private Optional<Double> cpu(String variant) {
        return of(variant, 1, Measurement::micros);
    }

    private Optional<Double> speed(String variant, int parallelism) {
        return of(variant, parallelism, Measurement::eventsPerSecond);
    }

    private Optional<Double> of(String variant, int parallelism, ToDoubleFunction<Measurement> figure) {
        return measured.entrySet().stream()
                .filter(entry ->
                        entry.getKey().name().equals(variant) && entry.getKey().parallelism() == parallelism)
                .map(entry -> Spread.of(entry.getValue(), figure).median())
                .findFirst();
    }

    private void atMost(String what, double target, Optional<Double> ours, Optional<Double> theirs) {
        ratio(ours, theirs)
                .ifPresent(ratio -> rows.add(
                        new Row(what, String.format(Locale.ROOT, "≤ %.2f ×", target), times(ratio), ratio <= target)));
    }

    private void atLeast(String what, double target, Optional<Double> ours, Optional<Double> theirs) {
        ratio(ours, theirs)
                .ifPresent(ratio -> rows.add(
                        new Row(what, String.format(Locale.ROOT, "≥ %.2f ×", target), times(ratio), ratio >= target)));
    }

    private void generated() {
        cpu(Variants.GENERATE).ifPresent(micros -> {
            double perCore = 1e6 / micros;
            rows.add(new Row(
                    "generate, events per second and core",
                    "≥ 50,000",
                    String.format(Locale.ROOT, "%,.0f", perCore),
                    perCore >= 50_000));
        });
    }

    private static Optional<Double> ratio(Optional<Double> ours, Optional<Double> theirs) {
        return ours.flatMap(one -> theirs.map(other -> one / other));
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
    }
}
