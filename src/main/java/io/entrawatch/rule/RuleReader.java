package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlDocuments;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads rule files: Sigma rules and correlations, several documents a file. */
public final class RuleReader {

    private static final Set<String> TOP_LEVEL = Set.of(
            "title",
            "id",
            "name",
            "related",
            "taxonomy",
            "status",
            "description",
            "license",
            "author",
            "references",
            "date",
            "modified",
            "logsource",
            "detection",
            "correlation",
            "filter",
            "generate",
            "enabled",
            "fields",
            "falsepositives",
            "level",
            "level-from",
            "runbook",
            "limits",
            "tags",
            "scope");

    private static final Set<String> OF_LOG_SOURCES = Set.of("product", "service", "category", "definition");

    /** What stands beside the selections. */
    private static final Set<String> NO_SELECTIONS = Set.of("condition", "timeframe");

    private static final Set<String> NO_SELECTIONS_OF_FILTERS = Set.of("condition", "timeframe", "rules");

    /** What a document may be, beside a switch. */
    private static final List<String> KINDS = List.of("detection", "correlation", "filter");

    private static final Set<String> OLDER_ACTIONS = Set.of("global", "repeat", "reset");

    private static final Matcher EVERYTHING = new Matcher.And(List.of());

    /** What an alias leads to is compiled again at each use, and rules may be those of others. */
    private static final int MOST_ALIASES = 50;

    private final Placeholders placeholders;
    private final CompiledLists lists = new CompiledLists();
    private final Problems problems;

    public RuleReader(Placeholders placeholders, Problems problems) {
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** The documents of a file; what is wrong with them is added to the problems. */
    public List<SigmaDocument> read(String file, String text) {
        List<SigmaDocument> documents = new ArrayList<>();
        DocumentNames names = new DocumentNames();
        int before = problems.count();
        List<YamlNode> nodes = YamlDocuments.read(file, text, MOST_ALIASES, problems);
        if (nodes.isEmpty() && problems.count() == before) {
            problems.note(new Position(file, 1, 1), "no document (expected: a rule)");
        }
        if (isOfOlderForm(nodes)) {
            return List.of();
        }
        for (YamlNode node : nodes) {
            YamlMapping document = new YamlMapping(node, problems);
            if (node.isMapping()) {
                rejectMisspelt(node, TOP_LEVEL);
                boolean switches = document.has("enabled");
                boolean tells = !switches || isMoreThanASwitch(document);
                String name = tells ? names.of(document) : DocumentNames.ofSwitch(document);
                if (switches) {
                    documents.add(readSwitch(document, name));
                }
                if (tells) {
                    documents.add(read(document, name));
                }
            }
        }
        return documents;
    }

    /** Before correlations, Sigma's documents completed each other; none of such a file is a whole rule. */
    private boolean isOfOlderForm(List<YamlNode> documents) {
        for (YamlNode document : documents) {
            YamlNode action = document.entries().get("action");
            if (action != null && OLDER_ACTIONS.contains(action.text())) {
                problems.add(
                        action.position(),
                        "action: " + action.text()
                                + " is Sigma's older form of several rules in a file (expected: every"
                                + " document a whole rule, and a correlation over them where they belong together)");
                return true;
            }
        }
        return false;
    }

    private void rejectMisspelt(YamlNode mapping, Set<String> known) {
        mapping.keys().forEach((key, value) -> {
            // Sigma allows entries of one's own, so that only what looks like a slip is refused.
            if (!known.contains(key.text())) {
                Problems.nearest(key.text(), known)
                        .ifPresent(meant ->
                                problems.add(key.position(), key.text() + ": unknown (did you mean '" + meant + "'?)"));
            }
        });
    }

    private static boolean isMoreThanASwitch(YamlMapping document) {
        return KINDS.stream().anyMatch(document::has);
    }

    private Switch readSwitch(YamlMapping document, String name) {
        boolean enabled = document.flag("enabled", true);
        return new Switch(RuleHeader.named(name, document.position(), document.position("name")), enabled);
    }

    private SigmaDocument read(YamlMapping document, String name) {
        RuleHeader header = new HeaderReader(problems).read(document, name);
        List<String> kinds = KINDS.stream().filter(document::has).toList();
        if (kinds.size() > 1) {
            problems.add(
                    document.position(),
                    String.join(" and ", kinds)
                            + ": in one document (expected: one of them; --- begins the next document)");
        }
        if (!document.has("detection") && document.get("level-from") != null) {
            document.problem("level-from", "belongs to a rule (expected: beside the detection of one)");
        }
        if (document.has("filter")) {
            return readFilter(document, header);
        }
        if (document.has("correlation")) {
            YamlMapping body = document.mapping("correlation");
            String type = body.required("type");
            List<YamlNode> rules = body.items("rules");
            if (rules.isEmpty()) {
                problems.add(body.position(), "rules: missing (expected: the names of the rules to correlate)");
            }
            return new Correlation(header, type, rules, body, body.has("generate") ? body : document);
        }
        return readRule(document, header);
    }

    private Rule readRule(YamlMapping document, RuleHeader header) {
        int before = problems.count();
        LogSource source = readSource(document);
        SelectionReader reader = new SelectionReader(source, placeholders, lists, problems);
        Map<String, Matcher> selections = new LinkedHashMap<>();
        YamlMapping detection = document.mapping("detection");
        Matcher matcher = reader.whereListed(readDetection(detection, NO_SELECTIONS, reader, selections));
        boolean sound = problems.count() == before;
        FieldReader fields = new FieldReader(source, problems);
        List<Field> shown = fields.shown(document.items("fields"));
        YamlNode level = document.get("level-from");
        @Nullable
        Field levelFrom =
                level == null ? null : fields.resolve("level-from", level).orElse(null);
        EnumSet<Field> looksAt = reader.fields();
        looksAt.addAll(shown);
        if (levelFrom != null) {
            looksAt.add(levelFrom);
        }
        return new Rule(
                header,
                source,
                matcher,
                looksAt,
                reader.missingLists(),
                levelFrom,
                shown,
                outline(detection, selections, reader, sound));
    }

    private Filter readFilter(YamlMapping document, RuleHeader header) {
        int before = problems.count();
        LogSource source = readSource(document);
        SelectionReader reader = new SelectionReader(source, placeholders, lists, problems);
        Map<String, Matcher> selections = new LinkedHashMap<>();
        YamlMapping body = document.mapping("filter");
        List<YamlNode> rules = body.items("rules");
        if (body.get("rules") == null) {
            problems.add(body.position(), "rules: missing (expected: the names of the rules to filter, or any)");
        }
        Matcher matcher = reader.whereListed(readDetection(body, NO_SELECTIONS_OF_FILTERS, reader, selections));
        boolean wrong = problems.count() > before;
        return new Filter(
                header,
                source,
                rules,
                // Otherwise its mistake would be told of its rules as well.
                wrong ? EVERYTHING : matcher,
                reader.fields(),
                Set.copyOf(reader.missingLists()),
                outline(body, selections, reader, !wrong));
    }

    private static Outline outline(
            YamlMapping detection, Map<String, Matcher> selections, SelectionReader reader, boolean sound) {
        Map<String, Matcher> bare = new LinkedHashMap<>();
        selections.forEach((name, matcher) -> bare.put(name, NeededLists.bare(matcher)));
        return new Outline(
                bare,
                detection.items("condition").stream().map(YamlNode::text).toList(),
                detection.position("condition"),
                reader.placesOfLists(),
                sound);
    }

    /** @param selections is filled with what the detection's selections were read to */
    private Matcher readDetection(
            YamlMapping detection, Set<String> noSelections, SelectionReader reader, Map<String, Matcher> selections) {
        YamlNode condition = detection.get("condition");
        if (detection.has("timeframe")) {
            problems.note(
                    detection.position("timeframe"),
                    "timeframe: belongs to Sigma's older form of counting, and changes nothing here (expected: a"
                            + " correlation document with a timespan)");
        }
        for (String name : detection.names()) {
            YamlNode selection = detection.get(name);
            if (noSelections.contains(name)) {
                continue;
            }
            if (selection == null) {
                detection.problem(name, "an empty selection (expected: fields and their values)");
            }
            selections.put(name, selection == null ? new Matcher.Or(List.of()) : reader.read(selection));
        }
        if (condition == null) {
            problems.add(detection.position(), "condition: missing (expected: the names of selections)");
            return new Matcher.Or(List.of());
        }
        return readCondition(condition, selections, detection);
    }

    /** Several conditions are alternatives. */
    private Matcher readCondition(YamlNode condition, Map<String, Matcher> selections, YamlMapping detection) {
        List<Matcher> alternatives = new ArrayList<>();
        Set<String> used = new LinkedHashSet<>();
        if (condition.items().isEmpty()) {
            problems.add(condition.position(), "condition: an empty list (expected: the names of selections)");
        }
        for (YamlNode item : condition.items()) {
            if (item.isNull() || !item.isScalar()) {
                problems.add(item.position(), "condition: " + item.describe() + " (expected: the names of selections)");
                return new Matcher.Or(List.of());
            }
            ConditionParser.Parsed parsed = ConditionParser.parse(item, selections, problems);
            alternatives.add(parsed.matcher());
            used.addAll(parsed.used());
        }
        for (String name : selections.keySet()) {
            // Sigma leaves these out of "them", so that they may wait for a condition.
            if (!used.contains(name) && !name.startsWith("_")) {
                detection.problem(name, "no condition uses this selection");
            }
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Matcher.Or(List.copyOf(alternatives));
    }

    private LogSource readSource(YamlMapping document) {
        YamlMapping logsource = document.mapping("logsource");
        if (logsource.names().isEmpty()) {
            problems.add(document.position(), "logsource: missing (expected: product: azure and a service)");
            return LogSource.SIGN_INS;
        }
        int before = problems.count();
        document.items("logsource").forEach(node -> rejectMisspelt(node, OF_LOG_SOURCES));
        boolean misspelt = problems.count() > before;
        logsource.choice("product", Map.of("azure", "azure"), "azure");
        Map<String, LogSource> services = new LinkedHashMap<>();
        for (LogSource source : LogSource.values()) {
            services.put(source.service(), source);
        }
        services.put("pim", LogSource.RISK_DETECTIONS);
        if (logsource.get("service") == null && !misspelt) {
            problems.add(
                    logsource.position(), "service: missing (expected: " + String.join(", ", services.keySet()) + ")");
        }
        @Nullable LogSource source = logsource.choice("service", services, LogSource.SIGN_INS);
        return source;
    }
}
