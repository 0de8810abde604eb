package io.entrawatch.rule;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.Position;

/**
 * What a Sigma document says about itself.
 *
 * @param name its name; without one, the name of its file
 * @param id its UUID, or null
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
        Position position)
        implements Serializable {}
