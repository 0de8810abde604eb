package io.entrawatch.detection;

import java.util.List;

import io.entrawatch.event.Field;
import io.entrawatch.rule.Rule;

/** A single event that matches a rule. */
public record MatchDetection(DetectionMetadata metadata, Rule rule) implements Detection {

    @Override
    public List<Step> steps() {
        return List.of(new Step.OfRule(rule, List.of(Field.ID), List.of()));
    }

    @Override
    public List<String> groupBy() {
        return List.of("event.id");
    }

    @Override
    public String kind() {
        return "match";
    }
}
