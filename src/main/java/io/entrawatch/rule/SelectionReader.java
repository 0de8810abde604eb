package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldNames;
import io.entrawatch.event.LogSource;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/** Compiles the selections of one rule, and notes the fields and lists they use. */
final class SelectionReader {

    private static final Matcher NOTHING = new Matcher.Or(List.of());

    /** What a list without elements is written as, where rules ask for a list or for its text. */
    private static final String EMPTY_LIST = "[]";

    private static final Set<Field> LISTS_AS_JSON =
            EnumSet.of(Field.NETWORK_JSON, Field.TARGETS_JSON, Field.DETAILS_JSON, Field.CHANGES_JSON);

    private final LogSource source;
    private final Placeholders placeholders;
    private final CompiledLists lists;
    private final Problems problems;
    private final EnumSet<Field> fields = EnumSet.noneOf(Field.class);
    private final Map<String, Position> placesOfLists = new HashMap<>();
    private Set<String> missingLists = Set.of();

    SelectionReader(LogSource source, Placeholders placeholders, CompiledLists lists, Problems problems) {
        this.source = source;
        this.placeholders = placeholders;
        this.lists = lists;
        this.problems = problems;
    }

    EnumSet<Field> fields() {
        return fields;
    }

    Set<String> missingLists() {
        return missingLists;
    }

    /** Where each list is first asked for. */
    Map<String, Position> placesOfLists() {
        return placesOfLists;
    }

    /** Keeps a rule quiet for tenants that lack one of its lists, also where the condition negates the list. */
    Matcher whereListed(Matcher condition) {
        NeededLists needed = new NeededLists(condition, placeholders);
        missingLists = needed.missing();
        return needed.whereListed();
    }

    /** A mapping is met when all its fields are; a list of mappings when one of them is. */
    Matcher read(YamlNode selection) {
        if (selection.isMapping()) {
            List<Matcher> parts = new ArrayList<>();
            selection.keys().forEach((key, values) -> parts.add(readField(key, values)));
            if (parts.isEmpty()) {
                problems.add(selection.position(), "an empty selection (expected: fields and their values)");
            }
            return parts.size() == 1 ? parts.get(0) : new Matcher.And(List.copyOf(parts));
        }
        if (selection.isSequence() && !selection.items().isEmpty()) {
            List<Matcher> parts = new ArrayList<>();
            for (YamlNode item : selection.items()) {
                parts.add(item.isMapping() ? read(item) : keyword(item));
            }
            return new Matcher.Or(List.copyOf(parts));
        }
        return keyword(selection);
    }

    /** A text without a field is looked for in every value of the record. */
    private Matcher keyword(YamlNode node) {
        if (!node.isScalar() || node.text().isEmpty()) {
            problems.add(node.position(), node.describe() + " (expected: fields and their values, or a text to find)");
            return NOTHING;
        }
        fields.add(Field.RECORD_TEXT);
        return new Matcher.Passes(Field.RECORD_TEXT, Wildcards.compile(node.text(), true, true, false));
    }

    /** Keywords under a key that has modifiers and no field, such as {@code '|all'}. */
    private Matcher readKeywords(String[] parts, YamlNode key, YamlNode values) {
        Modifiers modifiers = Modifiers.read(parts, key.position(), problems);
        List<Matcher> found = new ArrayList<>();
        if (values.items().isEmpty()) {
            problems.add(values.position(), key.text() + ": an empty list (expected: at least one text)");
        }
        if (modifiers.has("re")) {
            fields.add(Field.RECORD_TEXT);
            values.items().forEach(value -> found.add(compareOne(Field.RECORD_TEXT, modifiers, value)));
        } else if (modifiers.isKeywords()) {
            values.items().forEach(value -> found.add(keyword(value)));
        } else {
            problems.add(key.position(), key.text() + ": modifiers of keywords (expected: |all, |re or |contains)");
        }
        return modifiers.has("all") ? new Matcher.And(List.copyOf(found)) : new Matcher.Or(List.copyOf(found));
    }

    private Matcher readField(YamlNode key, YamlNode values) {
        String[] parts = key.text().split("\\|", -1);
        if (parts[0].isEmpty() && parts.length > 1) {
            return readKeywords(parts, key, values);
        }
        Optional<Field> field = FieldNames.resolve(source, parts[0]);
        if (field.isEmpty()) {
            problems.add(
                    key.position(),
                    "field: " + parts[0] + " is unknown for service " + source.service()
                            + Problems.suggestion(parts[0], FieldNames.known(source)));
            return NOTHING;
        }
        fields.add(field.get());
        Modifiers modifiers = Modifiers.read(parts, key.position(), problems);
        Matcher asked =
                modifiers.has("exists") ? readExists(field.get(), values) : compare(field.get(), modifiers, values);
        asked = needing(field.get(), asked, key.position());
        return modifiers.has("neq") ? new Matcher.Not(asked) : asked;
    }

    private Matcher needing(Field field, Matcher asked, Position at) {
        Matcher needing = asked;
        for (String list : field.needs()) {
            placesOfLists.putIfAbsent(list, at);
            needing = new Matcher.Needing(list, needing);
        }
        return needing;
    }

    private Matcher readExists(Field field, YamlNode value) {
        boolean expected = value.text().equalsIgnoreCase("true");
        if (!expected && !value.text().equalsIgnoreCase("false")) {
            problems.add(value.position(), "exists: " + value.describe() + " (expected: true or false)");
        }
        return new Matcher.Exists(field, expected);
    }

    private Matcher compare(Field field, Modifiers modifiers, YamlNode values) {
        List<Matcher> parts = new ArrayList<>();
        for (YamlNode value : values.items()) {
            parts.add(compareOne(field, modifiers, value));
        }
        if (parts.isEmpty()) {
            problems.add(values.position(), field.label() + ": an empty list (expected: at least one value)");
        }
        if (modifiers.has("expand")) {
            rejectWithoutList(values);
        }
        boolean single = values.items().size() == 1 && !modifiers.has("expand");
        if (single && modifiers.has("all")) {
            problems.add(values.position(), "all: one value (expected: a list of several)");
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        if (modifiers.has("all")) {
            return new Matcher.And(List.copyOf(parts));
        }
        return modifiers.isPlain() ? ManyValues.merge(field, parts) : new Matcher.Or(List.copyOf(parts));
    }

    /** Texts may stand beside lists; none of them is one where the percent signs were forgotten. */
    private void rejectWithoutList(YamlNode values) {
        List<YamlNode> items = values.items();
        if (!items.isEmpty() && items.stream().allMatch(SelectionReader::isWithoutList)) {
            YamlNode first = items.get(0);
            problems.add(
                    first.position(),
                    "expand: " + first.describe() + " (expected: a list, such as %" + first.text() + "%)");
        }
    }

    private static boolean isWithoutList(YamlNode item) {
        return item.isScalar() && !item.isNull() && item.text().indexOf('%') < 0;
    }

    private Matcher compareOne(Field field, Modifiers modifiers, YamlNode value) {
        if (!value.isScalar()) {
            problems.add(value.position(), field.label() + ": " + value.describe() + " (expected: a value)");
            return NOTHING;
        }
        if (value.isNull()) {
            if (!modifiers.mayBeEmpty()) {
                problems.add(
                        value.position(),
                        field.label()
                                + ": nothing (expected: a value; only without modifiers it asks for an absent field)");
            }
            return new Matcher.Exists(field, false);
        }
        if (modifiers.comparesWholeTexts()
                && (Field.LISTS_OF_TEXTS.contains(field) || LISTS_AS_JSON.contains(field))
                && value.text().equals(EMPTY_LIST)) {
            // A record with an empty list is read as one without a list.
            return new Matcher.Exists(field, false);
        }
        if (modifiers.has("expand")) {
            return expand(field, modifiers, value);
        }
        return modifiers.has("fieldref") ? reference(field, modifiers, value) : passes(field, modifiers, value);
    }

    private Matcher passes(Field field, Modifiers modifiers, YamlNode value) {
        Slips.tell(source, field, modifiers, value, problems);
        List<Matcher> spellings = new ArrayList<>();
        for (String text : ValueNames.of(field, value.text(), modifiers)) {
            ValueTest test = modifiers.compile(text, value.position(), problems);
            if (test != null) {
                spellings.add(new Matcher.Passes(field, test));
            }
        }
        return spellings.size() == 1 ? spellings.get(0) : new Matcher.Or(List.copyOf(spellings));
    }

    private Matcher reference(Field field, Modifiers modifiers, YamlNode name) {
        Optional<Field> other = new FieldReader(source, problems).resolve("fieldref", name);
        if (other.isEmpty()) {
            return NOTHING;
        }
        fields.add(other.get());
        Matcher same = new Matcher.SameAs(field, other.get(), modifiers.where(), modifiers.has("cased"));
        return needing(other.get(), same, name.position());
    }

    /**
     * Puts the organization's lists in the place of {@code %name%}, tenant by tenant. One that is written {@code %name?%}
     * may be missing, and then nothing is in it. A percent sign behind a backslash is one.
     */
    private Matcher expand(Field field, Modifiers modifiers, YamlNode value) {
        String text = value.text();
        int start = nextPercent(text, 0);
        if (start < 0) {
            String written = ValueNames.asRecorded(field, plain(text), modifiers);
            ValueTest test = modifiers.compile(written, value.position(), problems);
            return test == null ? NOTHING : new Matcher.Passes(field, test);
        }
        int end = nextPercent(text, start + 1);
        if (end <= start + 1 || nextPercent(text, end + 1) >= 0) {
            problems.add(value.position(), "expand: " + value.describe() + " (expected: one %list%)");
            return NOTHING;
        }
        boolean optional = text.charAt(end - 1) == '?';
        String name = text.substring(start + 1, optional ? end - 1 : end);
        String before = plain(text.substring(0, start));
        String after = plain(text.substring(end + 1));
        Function<List<String>, Matcher> compile = list -> compileList(field, modifiers, value, before, list, after);
        Map<String, Matcher> tenants = new HashMap<>();
        for (String tenant : placeholders.tenants()) {
            tenants.put(tenant, placeholders.list(tenant, name).map(compile).orElse(NOTHING));
        }
        Matcher listed = new Matcher.ByTenant(
                tenants, placeholders.shared(name).map(compile).orElse(null));
        if (optional) {
            return listed;
        }
        placesOfLists.putIfAbsent(name, value.position());
        return new Matcher.Needing(name, listed);
    }

    /** Where the next percent sign stands that no backslash precedes; a backslash behind a backslash is plain. */
    private static int nextPercent(String text, int from) {
        boolean escaped = false;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '%' && !escaped) {
                return i;
            }
            escaped = text.charAt(i) == '\\' && !escaped;
        }
        return -1;
    }

    private static String plain(String text) {
        return text.replace("\\%", "%");
    }

    private Matcher compileList(
            Field field, Modifiers modifiers, YamlNode value, String before, List<String> list, String after) {
        List<Matcher> parts = new ArrayList<>();
        Problems ofList = new Problems();
        for (ValueTest test : lists.compile(field, modifiers, before, list, after, value.position(), ofList)) {
            parts.add(new Matcher.Passes(field, test));
        }
        ofList.all().forEach(problem -> problems.add(problem.at(), problem.message() + " in " + value.text()));
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return modifiers.has("all") ? new Matcher.And(List.copyOf(parts)) : new Matcher.Or(List.copyOf(parts));
    }
}
