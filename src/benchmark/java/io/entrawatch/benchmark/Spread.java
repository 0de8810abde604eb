package io.entrawatch.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure over all rounds. */
record Spread(double median, double least, double most) {

    static Spread of(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    String text(String format) {
        String one = String.format(Locale.ROOT, format, median);
        return least == most
                ? one
                : one + " (" + String.format(Locale.ROOT, format, least) + "–"
                        + String.format(Locale.ROOT, format, most) + ")";
    }
}
