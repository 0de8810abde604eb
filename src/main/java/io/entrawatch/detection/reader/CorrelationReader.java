package io.entrawatch.detection.reader;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Detection;
import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.SigmaDocument;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads correlations into detections, those that a correlation refers to before itself. */
final class CorrelationReader {

    /** Reads all entries that are particular to a type; null after a problem. */
    private interface Body {
        @Nullable
        Detection read(YamlMapping body, Correlated correlated);
    }

    /** By the names of Sigma, then by ours. */
    private static final Map<String, Body> TYPES = new TreeMap<>();

    static {
        for (String type : CountReader.TYPES) {
            TYPES.put(type, new CountReader(type)::read);
        }
        TYPES.put("temporal_ordered", SequenceReader::read);
        TYPES.put("not_followed", SequenceReader::readNotFollowed);
        TYPES.put("increase", IncreaseReader::read);
        TYPES.put("impossible_travel", TravelReader::read);
        TYPES.put("first_seen", FirstSeenReader::read);
    }

    private static final String CONDITION =
            " (expected: a comparison such as gte: 2; conditions over the names of rules"
                    + " are not supported: temporal asks for all of its rules, and with gte for as many of them)";

    private final Map<String, SigmaDocument> documents;
    private final Problems problems;
    private final Map<String, Optional<Detection>> done = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> referred = new HashSet<>();
    private final Set<String> generating = new HashSet<>();

    /** @param documents all rules and correlations, by name and by id */
    CorrelationReader(Map<String, SigmaDocument> documents, Problems problems) {
        this.documents = documents;
        this.problems = problems;
    }

    /**
     * The names of rules and correlations that others refer to, and that are therefore no detections of their own, unless one
     * of these says that they are.
     */
    Set<String> parts() {
        Set<String> parts = new HashSet<>(referred);
        parts.removeAll(generating);
        return parts;
    }

    /** The detection; empty after a problem. */
    Optional<Detection> read(Correlation correlation) {
        String name = correlation.header().name();
        Optional<Detection> known = done.get(name);
        if (known != null) {
            return known;
        }
        if (!begun.add(name)) {
            problems.add(correlation.header().position(), "rules: " + name + " refers to itself in the end");
            return Optional.empty();
        }
        Optional<Detection> detection = readNew(correlation);
        done.put(name, detection);
        return detection;
    }

    private Optional<Detection> readNew(Correlation correlation) {
        YamlMapping body = correlation.body();
        body.has("type");
        body.has("rules");
        int before = problems.count();
        Function<Correlation, Optional<Detection>> inner = this::read;
        Correlated correlated = Correlated.read(correlation, documents, inner, problems);
        Body type = TYPES.get(correlation.type());
        if (type == null) {
            body.problem(
                    "type",
                    correlation.type() + " (expected: " + String.join(", ", TYPES.keySet()) + ")"
                            + Problems.suggestion(correlation.type(), TYPES.keySet()));
            return Optional.empty();
        }
        YamlNode condition = body.peek("condition");
        if (condition != null && condition.isScalar()) {
            body.problem("condition", condition.describe() + CONDITION);
            return Optional.empty();
        }
        boolean hasSteps = !correlated.steps().isEmpty();
        Detection detection = hasSteps ? type.read(body, correlated) : null;
        keepParts(correlation.generating(), correlated);
        if (hasSteps) {
            // Otherwise nothing of it was read.
            body.rejectOthers();
        }
        if (problems.count() == before) {
            correlated.rejectUnusedAliases();
        }
        return problems.count() == before ? Optional.ofNullable(detection) : Optional.empty();
    }

    /** {@code generate} may be true, or the names of those that are to be detections of their own as well. */
    private void keepParts(YamlMapping document, Correlated correlated) {
        referred.addAll(correlated.names());
        List<String> names = document.texts("generate");
        if (isOnly("true", names)) {
            generating.addAll(correlated.names());
        } else if (!isOnly("false", names)) {
            names.forEach(name -> keepPart(correlated.nameOf(name), document, correlated));
        }
    }

    private void keepPart(String name, YamlMapping document, Correlated correlated) {
        if (correlated.names().contains(name)) {
            generating.add(name);
        } else {
            document.problem(
                    "generate",
                    name + " (expected: true, false or names among " + String.join(", ", correlated.names()) + ")");
        }
    }

    private static boolean isOnly(String word, List<String> texts) {
        return texts.size() == 1 && texts.get(0).equalsIgnoreCase(word);
    }
}
