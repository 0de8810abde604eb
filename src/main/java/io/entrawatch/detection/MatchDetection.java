package io.entrawatch.detection;

import java.util.List;
import java.util.function.UnaryOperator;

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

    @Override
    public MatchDetection with(UnaryOperator<Rule> change) {
        return new MatchDetection(metadata, change.apply(rule));
    }

    @Override
    public <T> T choose(ByKind<T> byKind) {
        return byKind.match(this);
    }
}
