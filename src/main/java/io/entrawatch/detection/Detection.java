package io.entrawatch.detection;

import java.io.Serializable;
import java.util.List;

/** What to look for. Each permitted kind is run by one part of the engine. */
public sealed interface Detection extends Serializable
        permits MatchDetection, SequenceDetection, IncreaseDetection, TravelDetection {

    DetectionMetadata metadata();

    /** The rules that pick its events out of the logs, in the order of the document. */
    List<Step> steps();

    /** The names of the fields it groups by, as the document writes them. */
    List<String> groupBy();

    /** The kind's name in listings: the Sigma correlation type, or {@code match}. */
    String kind();

    default String name() {
        return metadata().name();
    }
}
