package io.entrawatch.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/** Keeps so many of the most severe alerts, of equally severe ones the newest, whatever comes. */
final class MostSevere<T> {

    private static final Comparator<Kept<?>> ORDER = Comparator.<Kept<?>>comparingInt(
                    kept -> -kept.alert().at("/event/risk_score").asInt())
            .thenComparing(Kept::at, Comparator.reverseOrder())
            .thenComparing(kept -> kept.alert().at("/event/id").asText());

    /** Texts of times do not sort as times: a whole second has no fraction. */
    private record Kept<T>(JsonNode alert, Instant at, T what) {}

    private final int most;
    private final PriorityQueue<Kept<T>> kept = new PriorityQueue<>(ORDER.reversed());

    MostSevere(int most) {
        this.most = most;
    }

    void add(JsonNode alert, T what) {
        kept.add(new Kept<>(alert, Instant.parse(alert.path("@timestamp").asText()), what));
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** The most severe first. */
    <R> List<R> list(Function<T, R> as) {
        List<Kept<T>> all = new ArrayList<>(kept);
        all.sort(ORDER);
        return all.stream().map(one -> as.apply(one.what())).toList();
    }
}
