package io.entrawatch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads YAML safely: no types beyond YAML's own, bounded size, depth and aliases. */
public final class YamlDocuments {

    /** A rule file is a few kilobytes; an organization with long lists a few megabytes. */
    private static final int LARGEST_FILE = 64 * 1024 * 1024;

    private static final int MOST_ALIASES = 50;
    private static final int DEEPEST_NESTING = 100;

    private YamlDocuments() {}

    /** The documents of one file. What is not YAML is added to the problems, and nothing is returned. */
    public static List<YamlNode> read(String file, String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(LARGEST_FILE)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(false)
                .build();
        List<YamlNode> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                YamlNode document = new YamlNode(node, file);
                if (!document.isNull()) {
                    documents.add(document);
                }
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark()
                    .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(new Position(file, 1, 1));
            problems.add(at, "not valid YAML: " + e.getProblem());
            return List.of();
        } catch (YamlEngineException e) {
            problems.add(new Position(file, 1, 1), "not valid YAML: " + e.getMessage());
            return List.of();
        }
        int before = problems.count();
        documents.forEach(document -> check(document, problems, 0));
        return problems.count() == before ? documents : List.of();
    }

    /** Composing does not look at keys, and an alias may lead a node into itself. */
    private static void check(YamlNode node, Problems problems, int depth) {
        if (depth > DEEPEST_NESTING) {
            problems.add(node.position(), "nested deeper than " + DEEPEST_NESTING + " levels");
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        node.keys().forEach((key, value) -> {
            if (!key.isScalar()) {
                problems.add(key.position(), "key: " + key.describe() + " (expected: a name)");
            } else if (!seen.add(key.text())) {
                problems.add(key.position(), key.text() + ": given twice");
            }
            check(value, problems, depth + 1);
        });
        if (node.isSequence()) {
            node.items().forEach(item -> check(item, problems, depth + 1));
        }
    }
}
