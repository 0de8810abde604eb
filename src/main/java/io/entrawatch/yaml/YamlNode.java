package io.entrawatch.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML value and the place it stands at: a mapping, a sequence or a scalar. */
public final class YamlNode {

    private static final Set<String> BOOLEAN_ELSEWHERE = Set.of("yes", "no", "on", "off");

    /** Digits with underscores, and numbers to the base of 60, 16 and 2. */
    private static final Pattern NUMBER_ELSEWHERE = Pattern.compile("[-+]?(\\d+_[\\d_]*(\\.[\\d_]*)?"
            + "|[1-9][\\d_]*(:[0-5]?\\d)+|\\d[\\d_]*(:[0-5]?\\d)+\\.[\\d_]*"
            + "|0x[\\p{XDigit}_]+|0b[01_]+)");

    private final Node node;
    private final Position position;

    YamlNode(Node node, String file) {
        this(node, position(file, node.getStartMark()));
    }

    private YamlNode(Node node, Position position) {
        this.node = node;
        this.position = position;
    }

    /** A mapping that the file does not have, as if it stood at some place. */
    static YamlNode absent(Position at) {
        return new YamlNode(new MappingNode(Tag.MAP, List.of(), FlowStyle.FLOW), at);
    }

    static Position position(String file, Optional<Mark> mark) {
        return mark.map(found -> new Position(file, found.getLine() + 1, found.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
    }

    Node raw() {
        return node;
    }

    public Position position() {
        return position;
    }

    /** Where a character of a scalar stands; of one with escapes or over several lines, where the scalar begins. */
    public Position position(int offset) {
        Position end = position(position.file(), node.getEndMark());
        int around = end.column() - position.column() - text().length();
        boolean asWritten = isScalar() && end.line() == position.line() && (around == 0 || around == 2);
        return asWritten
                ? new Position(position.file(), position.line(), position.column() + around / 2 + offset)
                : position;
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

    /** True for a number without quotes. */
    public boolean isNumber() {
        return node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    }

    /** True for what is a text here without quotes, and a number for whoever reads YAML 1.1: {@code 50_126}, {@code 1:30}. */
    public boolean isNumberElsewhere() {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && NUMBER_ELSEWHERE.matcher(scalar.getValue()).matches();
    }

    /** True for a word without quotes that is a text here, and true or false for whoever reads YAML 1.1. */
    public boolean isBooleanElsewhere() {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && BOOLEAN_ELSEWHERE.contains(scalar.getValue().toLowerCase(Locale.ROOT));
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
