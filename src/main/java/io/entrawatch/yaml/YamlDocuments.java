package io.entrawatch.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML safely: no types beyond YAML's own, bounded size, depth and aliases. */
public final class YamlDocuments {

    /** A rule file is a few kilobytes; an organization with long lists a few megabytes. */
    private static final int LARGEST_FILE = 64 * 1024 * 1024;

    /** Each tenant may share some lists with others; what is read of them is read again for each. */
    private static final int MOST_ALIASES = 1_000;

    private static final int DEEPEST_NESTING = 100;

    /** The reader copies what it has of a value each time it reads on; in small steps that takes minutes for a huge one. */
    private static final int LARGEST_STEP = 1024 * 1024;

    private YamlDocuments() {}

    /** The documents of one file. What is not YAML is added to the problems, and nothing is returned. */
    public static List<YamlNode> read(String file, String text, Problems problems) {
        return read(file, text, MOST_ALIASES, problems);
    }

    /** @param mostAliases how many uses of lists and mappings that stand elsewhere in the file it may have */
    public static List<YamlNode> read(String file, String text, int mostAliases, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(LARGEST_FILE)
                .setBufferSize(Math.max(1024, Math.min(text.length(), LARGEST_STEP)))
                .setMaxAliasesForCollections(mostAliases)
                .setAllowDuplicateKeys(false)
                // These are refused below, with their places.
                .setAllowNonScalarKeys(true)
                .setSchema(new CoreSchema())
                .build();
        List<YamlNode> documents = new ArrayList<>();
        try {
            if (!isBounded(file, new Parse(settings).parseString(text), mostAliases, problems)) {
                return List.of();
            }
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                YamlNode document = new YamlNode(node, file);
                if (!document.isNull()) {
                    documents.add(document);
                }
            }
        } catch (MarkedYamlEngineException e) {
            problems.add(YamlNode.position(file, e.getProblemMark()), "not valid YAML: " + e.getProblem());
            return List.of();
        } catch (ReaderException e) {
            problems.add(
                    position(file, text, e.getPosition()),
                    String.format(
                            Locale.ROOT,
                            "not valid YAML: the character U+%04X (expected: one that can be printed, or an escape in double quotes)",
                            e.getCodePoint()));
            return List.of();
        } catch (YamlEngineException e) {
            problems.add(new Position(file, 1, 1), "not valid YAML: " + e.getMessage());
            return List.of();
        }
        int before = problems.count();
        Set<Node> checked = Collections.newSetFromMap(new IdentityHashMap<>());
        documents.forEach(document -> check(document, problems, checked));
        return problems.count() == before ? documents : List.of();
    }

    /** @param at how many characters of the text come before; the reader may count halves of some, and so too many */
    private static Position position(String file, String text, int at) {
        int known = Math.min(at, text.codePointCount(0, text.length()));
        String before = text.substring(0, text.offsetByCodePoints(0, known));
        int line = before.split("\r\n|\r|\n", -1).length;
        int lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
        return new Position(file, line, before.codePointCount(lineStart, before.length()) + 1);
    }

    /** Composing calls itself for every level, so that levels are counted before, and so are aliases. */
    private static boolean isBounded(String file, Iterable<Event> events, int mostAliases, Problems problems) {
        int depth = 0;
        int aliases = 0;
        Set<Anchor> collections = new HashSet<>();
        for (Event event : events) {
            if (event instanceof CollectionStartEvent start) {
                start.getAnchor().ifPresent(collections::add);
            }
            if (event instanceof AliasEvent alias
                    && collections.contains(alias.getAlias())
                    && ++aliases > mostAliases) {
                problems.add(
                        YamlNode.position(file, event.getStartMark()),
                        "more than " + mostAliases + " aliases of lists and mappings (expected: each written out, or"
                                + " given once for all)");
                return false;
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST_NESTING) {
                problems.add(
                        YamlNode.position(file, event.getStartMark()),
                        "nested deeper than " + DEEPEST_NESTING + " levels");
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return true;
    }

    /**
     * Composing does not look at keys, and an alias may lead a node into itself. What several aliases lead to is checked
     * once.
     */
    private static void check(YamlNode node, Problems problems, Set<Node> checked) {
        if (node.raw().isRecursive()) {
            problems.add(node.position(), "contains itself");
            return;
        }
        if (!checked.add(node.raw())) {
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        node.keys().forEach((key, value) -> {
            if (!key.isScalar()) {
                problems.add(key.position(), "key: " + key.describe() + " (expected: a name)");
            } else if (!seen.add(key.text())) {
                problems.add(key.position(), key.text() + ": given twice");
            }
            check(value, problems, checked);
        });
        if (node.isSequence()) {
            node.items().forEach(item -> check(item, problems, checked));
        }
    }
}
