package io.entrawatch.rule;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.Position;

/**
 * What a Sigma document says about itself.
 *
 * @param name its name; without one, the name of its file, or its id behind another that has none
 * @param id its UUID, or null
 * @param runbook what to do about an alert, step by step
 * @param limits what it cannot see; empty where nothing is said
 * @param position where the document begins
 */
public record RuleHeader(
        String name,
        @Nullable String id,
        String title,
        String description,
        List<String> references,
        List<String> tags,
        Level level,
        List<String> falsePositives,
        List<String> authors,
        String version,
        List<String> runbook,
        String limits,
        Position position)
        implements Serializable {}
