package io.entrawatch.detection.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.DetectionMetadata;
import io.entrawatch.detection.Step;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldNames;
import io.entrawatch.event.LogSource;
import io.entrawatch.rule.Correlation;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.SigmaDocument;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/**
 * What a correlation is about: the rules and correlations it names, with its groups and aliases brought to the fields
 * of each.
 */
final class Correlated {

    /** What remembers has a byte for the number of a step. */
    static final int MOST_STEPS = Byte.MAX_VALUE;

    private final Correlation correlation;
    private final Map<String, SigmaDocument> documents;
    private final Function<Correlation, Optional<Detection>> inner;
    private final Problems problems;
    private final List<String> groupBy;
    private final Set<String> meaningTenant = new HashSet<>();
    private final Map<String, YamlMapping> aliases = new HashMap<>();
    private final Set<String> usedAliases = new HashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Step> steps = new ArrayList<>();

    private Correlated(
            Correlation correlation,
            Map<String, SigmaDocument> documents,
            Function<Correlation, Optional<Detection>> inner,
            Problems problems) {
        this.correlation = correlation;
        this.documents = documents;
        this.inner = inner;
        this.problems = problems;
        this.groupBy = correlation.body().texts("group-by");
    }

    static Correlated read(
            Correlation correlation,
            Map<String, SigmaDocument> documents,
            Function<Correlation, Optional<Detection>> inner,
            Problems problems) {
        Correlated correlated = new Correlated(correlation, documents, inner, problems);
        correlated.readAliases();
        correlated.refuseRepeatedGroups();
        correlated.addSteps("rules", correlation.rules());
        return correlated;
    }

    DetectionMetadata metadata() {
        return DetectionMetadata.of(correlation.header());
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The names of what it groups by beside the tenant, in the order of its groups. */
    List<String> groupBy() {
        return groupBy.stream().filter(name -> !meaningTenant.contains(name)).toList();
    }

    /** The names of all that it refers to. */
    Set<String> names() {
        return names;
    }

    /** The name of a rule or correlation that is referred to by its name or its id; what is said where there is none. */
    String nameOf(String reference) {
        SigmaDocument document = document(reference);
        return document == null ? reference : document.header().name();
    }

    private @Nullable SigmaDocument document(String reference) {
        return documents.getOrDefault(reference, documents.get(reference.toLowerCase(Locale.ROOT)));
    }

    /** Adds the rules of a further entry; returns how many steps there were before. */
    int addMore(String entry) {
        int before = steps.size();
        addSteps(entry, correlation.body().items(entry));
        return before;
    }

    /** The steps, with the fields that are counted or reckoned with. */
    List<Step> stepsWithValues(List<String> values, YamlMapping at, String entry) {
        List<Step> with = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.OfRule of) {
                with.add(new Step.OfRule(of.rule(), of.group(), fields(of.rule(), values, at, entry)));
            } else if (step instanceof Step.OfAlerts of) {
                with.add(new Step.OfAlerts(of.detection(), of.group(), positions(of.detection(), values, at, entry)));
            }
        }
        return List.copyOf(with);
    }

    private void refuseRepeatedGroups() {
        Set<String> met = new HashSet<>();
        for (String name : groupBy) {
            if (!met.add(name.toLowerCase(Locale.ROOT))) {
                correlation.body().problem("group-by", name + " is given twice");
            }
        }
    }

    private void readAliases() {
        YamlMapping all = correlation.body().mapping("aliases");
        for (String alias : all.names()) {
            aliases.put(alias, all.mapping(alias));
        }
    }

    private void addSteps(String entry, List<YamlNode> references) {
        for (YamlNode reference : references) {
            SigmaDocument document = document(reference.text());
            if (steps.size() == MOST_STEPS) {
                problems.add(
                        reference.position(),
                        entry + ": " + reference.text() + " is one too many (expected: at most " + MOST_STEPS + ")");
                return;
            }
            if (reference.text().equals(Step.OfAlerts.ANY)) {
                addAlerts(Step.OfAlerts.ANY);
            } else if (document == null) {
                problems.add(
                        reference.position(),
                        entry + ": there is no rule " + reference.describe()
                                + Problems.suggestion(reference.text(), documents.keySet()));
            } else if (!names.add(document.header().name())) {
                problems.add(reference.position(), entry + ": " + reference.text() + " is given twice");
            } else if (document instanceof Rule rule) {
                steps.add(new Step.OfRule(rule, fields(rule, groupBy, correlation.body(), "group-by"), List.of()));
            } else if (document instanceof Correlation other) {
                inner.apply(other).ifPresent(detection -> addAlerts(detection.name()));
            }
        }
    }

    private void addAlerts(String detection) {
        steps.add(
                new Step.OfAlerts(detection, positions(detection, groupBy, correlation.body(), "group-by"), List.of()));
    }

    /** The tenant is part of every group, named or not. */
    private List<Field> fields(Rule rule, List<String> names, YamlMapping at, String entry) {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            String meant = meant(name, rule.header().name());
            Optional<Field> field = FieldNames.resolve(rule.source(), meant);
            if (field.isEmpty()) {
                at.problem(
                        entry,
                        meant + " is unknown for service " + rule.source().service()
                                + Problems.suggestion(meant, FieldNames.known(rule.source())));
            }
            if (field.isPresent() && field.get() == Field.TENANT) {
                meaningTenant.add(name);
            } else {
                field.map(Correlated::grouping).ifPresent(fields::add);
            }
        }
        return List.copyOf(fields);
    }

    /** Beside the names of who did it there is the text of all that is said of them, and with it the address. */
    private static Field grouping(Field field) {
        return field == Field.ACTOR_JSON ? Field.ACTOR : field;
    }

    private List<Integer> positions(String detection, List<String> wanted, YamlMapping at, String entry) {
        List<Integer> positions = new ArrayList<>();
        Optional<Detection> looked = looked(detection);
        List<String> offered = looked.map(Detection::groupBy).orElse(List.of());
        List<String> fields =
                offered.stream().map(name -> fieldName(name, looked)).toList();
        for (String name : wanted) {
            String meant = meant(name, detection);
            int position = fields.indexOf(fieldName(meant, looked));
            if (isTenant(meant)) {
                meaningTenant.add(name);
            } else if (meant.equalsIgnoreCase("detection")) {
                positions.add(Step.OfAlerts.NAME);
            } else if (position < 0) {
                at.problem(
                        entry,
                        name + ": " + detection + " does not group by it (expected: detection, tenant.id"
                                + (offered.isEmpty() ? "" : ", " + String.join(", ", offered)) + ")");
            } else {
                positions.add(position + 1);
            }
        }
        return List.copyOf(positions);
    }

    /** The detection of that name; none where it is not one by itself, and for all of them. */
    private Optional<Detection> looked(String detection) {
        return documents.get(detection) instanceof Correlation other ? inner.apply(other) : Optional.empty();
    }

    /** One for all spellings of a field, as the rules of that detection have it. */
    private static String fieldName(String name, Optional<Detection> of) {
        return of.stream()
                .flatMap(detection -> detection.steps().stream())
                .filter(Step.OfRule.class::isInstance)
                .map(step -> ((Step.OfRule) step).rule().source())
                .flatMap(source -> FieldNames.resolve(source, name).stream())
                .map(field -> grouping(field).label())
                .findFirst()
                .orElse(name)
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isTenant(String name) {
        return FieldNames.resolve(LogSource.SIGN_INS, name)
                .filter(field -> field == Field.TENANT)
                .isPresent();
    }

    private String meant(String name, String rule) {
        YamlMapping alias = aliases.get(name);
        if (alias == null) {
            return name;
        }
        usedAliases.add(name);
        for (String reference : alias.names()) {
            if (nameOf(reference).equals(rule)) {
                return alias.text(reference, name);
            }
        }
        return alias.text(rule, name);
    }

    /** Once all fields are brought to the rules, an alias or a rule in it that was not asked for is another's name. */
    void rejectUnusedAliases() {
        aliases.forEach((name, alias) -> {
            if (usedAliases.contains(name)) {
                alias.rejectOthers();
            } else {
                correlation.body().mapping("aliases").problem(name, "no group-by and no field uses this alias");
            }
        });
    }
}
