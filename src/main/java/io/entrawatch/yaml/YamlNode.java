package io.entrawatch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML value and the place it stands at: a mapping, a sequence or a scalar. */
public final class YamlNode {

    private final Node node;
    private final Position position;

    YamlNode(Node node, String file) {
        this.node = node;
        this.position = node.getStartMark()
                .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
    }

    public Position position() {
        return position;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isSequence() {
        return node instanceof SequenceNode;
    }

    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /** True for {@code null}, {@code ~} and an empty value. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** The scalar as it is written, without quotes; empty for null. */
    public String text() {
        return isNull() || !isScalar() ? "" : ((ScalarNode) node).getValue();
    }

    /** The items of a sequence; a single value counts as a sequence of itself. */
    public List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            return List.of(this);
        }
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new YamlNode(item, position.file()));
        }
        return items;
    }

    /** The entries of a mapping in the order of the file; empty for anything else. */
    public Map<String, YamlNode> entries() {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        keys().forEach((key, value) -> entries.put(key.text(), value));
        return entries;
    }

    /** As {@link #entries()}, with the keys' own places. */
    public Map<YamlNode, YamlNode> keys() {
        Map<YamlNode, YamlNode> keys = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                keys.put(
                        new YamlNode(tuple.getKeyNode(), position.file()),
                        new YamlNode(tuple.getValueNode(), position.file()));
            }
        }
        return keys;
    }

    /** What this is, for messages. */
    public String describe() {
        if (isMapping()) {
            return "a mapping";
        }
        if (isSequence()) {
            return "a list";
        }
        return isNull() ? "nothing" : "'" + abbreviate(text()) + "'";
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
