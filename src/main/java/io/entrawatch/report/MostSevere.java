package io.entrawatch.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/** Keeps so many of the most severe alerts, of equally severe ones the newest, whatever comes. */
final class MostSevere<T> {

    private static final Comparator<JsonNode> ORDER = Comparator.<JsonNode>comparingInt(
                    alert -> -alert.at("/event/risk_score").asInt())
            .thenComparing(alert -> alert.path("@timestamp").asText(), Comparator.reverseOrder())
            .thenComparing(alert -> alert.at("/event/id").asText());

    private record Kept<T>(JsonNode alert, T what) {}

    private final int most;
    private final PriorityQueue<Kept<T>> kept = new PriorityQueue<>((a, b) -> ORDER.compare(b.alert(), a.alert()));

    MostSevere(int most) {
        this.most = most;
    }

    void add(JsonNode alert, T what) {
        kept.add(new Kept<>(alert, what));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** The most severe first. */
    <R> List<R> list(Function<T, R> as) {
        List<Kept<T>> all = new ArrayList<>(kept);
        all.sort(Comparator.comparing(Kept::alert, ORDER));
        return all.stream().map(one -> as.apply(one.what())).toList();
    }
}
