package io.entrawatch.engine.count;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.CountDetection;
import io.entrawatch.detection.Threshold;
import io.entrawatch.engine.wire.Hash;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.rule.ValueTest;

/**
 * What is kept of one group to count within a sliding span. Bounded by the detection's own thresholds, and gone when the
 * span has passed.
 */
@TypeInfo(TallySerializer.Factory.class)
public final class Tally {

    /** What it takes to reckon with values; with more than this they are approximate. */
    static final int MOST_VALUES = 1_000;

    /** So many more than its threshold asks for are kept, to tell how many there are. */
    private static final int SPARE = 100;

    private static final Comparator<Observation> AS_THEY_HAPPENED =
            Comparator.comparingLong(Observation::atMillis).thenComparing(Observation::id);

    public Span counted;
    public Span others;
    /** The latest events for evidence; of counted values the latest event of each. */
    public List<Observation> latest;

    public long quietUntil;
    public long wakeAt;

    public Tally() {
        counted = new Span();
        others = new Span();
        latest = new ArrayList<>();
        quietUntil = Long.MIN_VALUE;
        wakeAt = Long.MAX_VALUE;
    }

    /** What a span came to, and whether that is what is looked for. */
    record Result(double observed, boolean reached, boolean atLeast) {}

    /**
     * Adds an observation, and says what the span that ends with it comes to, and with the last one of its event whether that
     * is looked for; null for a copy, and for one without the value that is counted or reckoned with.
     */
    @Nullable
    Result add(Observation observation, CountDetection detection) {
        long at = observation.atMillis();
        long id = Hash.of(observation.id()) + part(observation, detection);
        if (counted.holds(at, id) || others.holds(at, id)) {
            return null;
        }
        long spanStart = at - detection.within().toMillis();
        counted.forgetUpTo(spanStart);
        others.forgetUpTo(spanStart);
        // Or of a rule that the detection had when the state was written.
        latest.removeIf(known -> known.atMillis() <= spanStart || known.step() >= detection.counted());
        if (observation.step() >= detection.counted()) {
            return addTo(others, observation, id, detection) ? new Result(0, false, false) : null;
        }
        if (!addTo(counted, observation, id, detection)) {
            return null;
        }
        keep(observation, detection);
        double observed = observed(counted, detection, spanStart, at) - alsoMatchedBy(observation, detection);
        boolean reached = at >= quietUntil && !observation.more() && holds(detection.thresholds(), observed);
        if (detection.last() != CountDetection.ANY) {
            reached &= observation.step() == detection.last();
        }
        if (reached && detection.outnumbers()) {
            // Where there are none, they have no average.
            reached = others.between(spanStart, at) == 0 || observed > observed(others, detection, spanStart, at);
        }
        if (reached) {
            quietUntil = at + detection.suppress().toMillis();
        }
        return new Result(observed, reached, counted.full || (others.full && !isCount(detection)));
    }

    /** An event that several rules of one side match is one event, unless the rules or what they find are counted. */
    private static int part(Observation observation, CountDetection detection) {
        return switch (detection.aggregate()) {
            case RULES, DIFFERENT_VALUES -> observation.step();
            case EVENTS, SUM, AVERAGE, PERCENTILE, MEDIAN -> observation.step() < detection.counted() ? 0 : 1;
        };
    }

    /** How many other steps the event that has to come last is as well: none follows itself. */
    private int alsoMatchedBy(Observation observation, CountDetection detection) {
        int also = 0;
        if (observation.step() == detection.last()) {
            long id = Hash.of(observation.id());
            for (int step = 0; step < detection.counted(); step++) {
                also += step != detection.last() && counted.holds(observation.atMillis(), id + step) ? 1 : 0;
            }
        }
        return also;
    }

    private static boolean holds(List<Threshold> thresholds, double observed) {
        for (Threshold threshold : thresholds) {
            if (!threshold.holds(observed)) {
                return false;
            }
        }
        return true;
    }

    /** Of numbers of events the other side says nothing of how exact this one is. */
    private static boolean isCount(CountDetection detection) {
        return switch (detection.aggregate()) {
            case EVENTS, DIFFERENT_VALUES, RULES -> true;
            case SUM, AVERAGE, PERCENTILE, MEDIAN -> false;
        };
    }

    /** False where there is no value to count or to reckon with. */
    private static boolean addTo(Span span, Observation observation, long id, CountDetection detection) {
        long at = observation.atMillis();
        int most = most(detection);
        String value = observation.value();
        switch (detection.aggregate()) {
            case EVENTS -> span.add(at, id, 0, 0, most);
            case RULES -> span.addValue(at, id, observation.step(), most);
            case DIFFERENT_VALUES -> {
                if (value == null) {
                    return false;
                }
                span.addValue(at, id, Hash.ofName(value), most);
            }
            case SUM, AVERAGE, PERCENTILE, MEDIAN -> {
                Double number = numberOf(value);
                if (number == null) {
                    return false;
                }
                span.add(at, id, 0, number, most);
            }
        }
        return true;
    }

    /** Two counts that are compared are exact up to what a condition may ask for: else none outnumbers a full one. */
    private static int most(CountDetection detection) {
        double highest = 0;
        for (Threshold threshold : detection.thresholds()) {
            highest = Math.max(highest, threshold.value());
        }
        return switch (detection.aggregate()) {
            case EVENTS, DIFFERENT_VALUES, RULES ->
                detection.outnumbers()
                        ? (int) Math.max(highest + 1, CountDetection.LARGEST_COUNT)
                        : (int) Math.min(highest + SPARE, CountDetection.LARGEST_COUNT + SPARE);
            case SUM, AVERAGE, PERCENTILE, MEDIAN -> MOST_VALUES;
        };
    }

    private static @Nullable Double numberOf(@Nullable String value) {
        if (value == null || value.length() > ValueTest.Compared.LONGEST_NUMBER || !isDecimal(value)) {
            return null;
        }
        try {
            double number = Double.parseDouble(value);
            return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Java takes more for numbers than logs write as such: {@code 12d}, {@code 0x1p3}, what has spaces around it. */
    private static boolean isDecimal(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static double observed(Span span, CountDetection detection, long after, long upTo) {
        return switch (detection.aggregate()) {
            case EVENTS, DIFFERENT_VALUES, RULES -> span.between(after, upTo);
            case SUM -> Arrays.stream(span.numbersBetween(after, upTo)).sum();
            case AVERAGE ->
                Arrays.stream(span.numbersBetween(after, upTo)).average().orElse(0);
            case PERCENTILE -> percentile(span.numbersBetween(after, upTo), detection.percentile());
            case MEDIAN -> median(span.numbersBetween(after, upTo));
        };
    }

    /** The smallest value that so many of a hundred do not exceed. */
    private static double percentile(double[] numbers, double percent) {
        if (numbers.length == 0) {
            return 0;
        }
        Arrays.sort(numbers);
        int rank = (int) Math.ceil(percent * numbers.length / 100);
        return numbers[Math.max(0, rank - 1)];
    }

    /** The value in the middle; of two, what lies between them. */
    private static double median(double[] numbers) {
        if (numbers.length == 0) {
            return 0;
        }
        Arrays.sort(numbers);
        int middle = numbers.length / 2;
        return numbers.length % 2 == 1 ? numbers[middle] : numbers[middle - 1] / 2 + numbers[middle] / 2;
    }

    /** Evidence shows as many different values as it can. */
    private void keep(Observation observation, CountDetection detection) {
        boolean rules = detection.aggregate() == CountDetection.Aggregate.RULES;
        if (rules || detection.aggregate() == CountDetection.Aggregate.DIFFERENT_VALUES) {
            for (Observation known : latest) {
                if (isOfSame(known, observation, rules) && AS_THEY_HAPPENED.compare(known, observation) > 0) {
                    // A late one, or a copy of one.
                    return;
                }
            }
            latest.removeIf(known -> isOfSame(known, observation, rules));
        }
        latest.add(observation);
        latest.sort(AS_THEY_HAPPENED);
        if (latest.size() > Evidence.MOST_EVENTS) {
            latest.remove(0);
        }
    }

    private static boolean isOfSame(Observation one, Observation other, boolean rule) {
        return rule ? one.step() == other.step() : Objects.equals(one.value(), other.value());
    }

    /** Whether nothing is left that a later event could be counted with. */
    boolean isOver(long time, long spanMillis) {
        counted.forgetUpTo(time - spanMillis);
        others.forgetUpTo(time - spanMillis);
        latest.removeIf(known -> known.atMillis() <= time - spanMillis);
        return counted.size() == 0 && others.size() == 0 && time >= quietUntil;
    }

    /** When nothing is left unless more comes until then: a busy group is looked at once a span, not for each event. */
    long nextLook(long spanMillis) {
        return counted.size() + others.size() == 0
                ? quietUntil
                : Math.max(counted.lastTime(), others.lastTime()) + spanMillis;
    }
}
