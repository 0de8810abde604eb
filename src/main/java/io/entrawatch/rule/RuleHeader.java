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
 * @param status how far it is trusted, in lower case; empty where nothing is said
 * @param runbook what to do about an alert, step by step
 * @param limits what it cannot see; empty where nothing is said
 * @param position where the document begins
 * @param places where that stands which a check may find wrong
 */
public record RuleHeader(
        String name,
        @Nullable String id,
        String title,
        String status,
        String description,
        List<String> references,
        List<String> tags,
        Level level,
        List<String> falsePositives,
        List<String> authors,
        String version,
        List<String> runbook,
        String limits,
        Position position,
        Places places)
        implements Serializable {

    /**
     * Where some entries stand; where the document begins, if it does not have them.
     *
     * @param tags the place of each tag
     */
    public record Places(Position name, Position id, List<Position> tags) implements Serializable {}

    /** The status of a rule that cannot do what it is for, such as one that needs what Sigma once had. */
    static final String UNSUPPORTED = "unsupported";

    /** That of a document which says no more than a name. */
    static RuleHeader named(String name, Position position, Position ofName) {
        return new RuleHeader(
                name,
                null,
                name,
                "",
                "",
                List.of(),
                List.of(),
                Level.MEDIUM,
                List.of(),
                List.of(),
                "1",
                List.of(),
                "",
                position,
                new Places(ofName, position, List.of()));
    }

    public boolean isUnsupported() {
        return status.equals(UNSUPPORTED);
    }
}
