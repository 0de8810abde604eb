package io.entrawatch.detection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.entrawatch.rule.Rule;

/** What to look for. Each permitted kind is run by one part of the engine. */
public sealed interface Detection extends Serializable
        permits MatchDetection,
                CountDetection,
                SequenceDetection,
                FirstSeenDetection,
                IncreaseDetection,
                TravelDetection {

    DetectionMetadata metadata();

    /** What it looks at, in the order of the document. */
    List<Step> steps();

    /** The names of the fields it groups by beside the tenant, as the document writes them. */
    List<String> groupBy();

    /** The kind's name in listings: the Sigma correlation type, or {@code match}. */
    String kind();

    /** The same with other rules in the place of its own. */
    Detection with(UnaryOperator<Rule> change);

    /** Goes by its kind: whoever does something else for each has to say what for a new one. */
    <T> T choose(ByKind<T> byKind);

    /** Whether alerts show the events of a step, which otherwise only weigh against others or teach what is known. */
    default boolean tellsOf(int step) {
        return true;
    }

    /** When a step is looked at among those that one event is: the lower, the earlier. */
    default int turn(int step) {
        return step;
    }

    /**
     * What there is for each kind.
     *
     * @param <T> what it is
     */
    interface ByKind<T> {

        T match(MatchDetection match);

        T count(CountDetection count);

        T sequence(SequenceDetection sequence);

        T firstSeen(FirstSeenDetection first);

        T increase(IncreaseDetection increase);

        T travel(TravelDetection travel);
    }

    /** The rules among its steps. */
    default List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (Step step : steps()) {
            if (step instanceof Step.OfRule of) {
                rules.add(of.rule());
            }
        }
        return rules;
    }

    default String name() {
        return metadata().name();
    }
}
