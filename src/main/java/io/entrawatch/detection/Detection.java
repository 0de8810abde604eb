package io.entrawatch.detection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

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
