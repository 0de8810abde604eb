package io.entrawatch.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Attack;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.ListEntries;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.rule.Hollow;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.RuleHeader;
import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;

/** What a rule may get wrong although it can be run. */
final class RuleChecks {

    private static final String ATTACK = "attack.";
    private static final String CVE = "cve.";

    /** Sigma's older rules have a point in the place of the hyphen. */
    private static final Pattern NUMBER_OF_CVE = Pattern.compile("\\d{4}[.-]\\d{4,}");

    /** Groups and software, which have lists of their own. */
    private static final Pattern OTHERS_OF_ATTACK = Pattern.compile("[gs]\\d{4}");

    private final List<Path> paths;
    private final Problems problems;
    private final Map<String, RuleHeader> byId = new HashMap<>();

    /** @param paths the rules below them are checked; the others may be referred to */
    RuleChecks(List<Path> paths, Problems problems) {
        this.paths = paths;
        this.problems = problems;
    }

    /** @param organization whose lists are looked for; null where it is not known */
    void check(Catalogue catalogue, @Nullable Organization organization) {
        problems.notes().stream()
                .filter(note -> isChecked(note.at()))
                .forEach(note -> problems.add(note.at(), note.message()));
        Set<RuleHeader> headers = new LinkedHashSet<>();
        Set<Rule> rules = new LinkedHashSet<>();
        for (Catalogue.Entry entry : catalogue.entries()) {
            headers.add(entry.detection().metadata().header());
            rules.addAll(catalogue.rulesBehind(entry.detection()));
        }
        catalogue
                .parts()
                .forEach(entry -> headers.add(entry.detection().metadata().header()));
        rules.forEach(rule -> headers.add(rule.header()));
        headers.forEach(this::checkId);
        headers.stream().filter(header -> isChecked(header.position())).forEach(this::checkTags);
        for (Rule rule : rules) {
            Position at = rule.header().position();
            if (isChecked(at)) {
                if (rule.outline().sound()) {
                    // What is wrong matches nothing, and would be told twice.
                    Hollow.of(rule)
                            .ifPresent(message -> problems.add(rule.outline().condition(), message));
                }
                if (organization != null) {
                    checkLists(rule, organization);
                }
            }
        }
    }

    private boolean isChecked(Position at) {
        Path file = Path.of(at.file());
        return paths.stream().anyMatch(file::startsWith);
    }

    private void checkId(RuleHeader header) {
        String id = header.id();
        if (id == null) {
            return;
        }
        RuleHeader earlier = byId.putIfAbsent(id, header);
        if (earlier != null && (isChecked(header.position()) || isChecked(earlier.position()))) {
            boolean later = isChecked(header.position());
            RuleHeader wrong = later ? header : earlier;
            RuleHeader other = later ? earlier : header;
            problems.add(
                    wrong.places().id(), "id: " + id + " is also that of " + other.name() + " at " + other.position());
        }
    }

    private void checkTags(RuleHeader header) {
        for (int i = 0; i < header.tags().size(); i++) {
            String tag = header.tags().get(i);
            String name = tag.toLowerCase(Locale.ROOT);
            if (name.startsWith(ATTACK)) {
                String rest = name.substring(ATTACK.length()).replace('_', '-');
                boolean known = Attack.knows(rest)
                        || Attack.knows(rest.toUpperCase(Locale.ROOT))
                        || OTHERS_OF_ATTACK.matcher(rest).matches();
                if (!known) {
                    problems.add(
                            header.places().tags().get(i),
                            "tags: " + tag + " is no tactic or technique of ATT&CK Enterprise (expected: such as"
                                    + " attack.initial-access or attack.t1078.004)");
                }
            } else if (name.startsWith(CVE)
                    && !NUMBER_OF_CVE.matcher(name.substring(CVE.length())).matches()) {
                problems.add(
                        header.places().tags().get(i),
                        "tags: " + tag + " is no number of a CVE (expected: such as cve.2021-44228)");
            }
        }
    }

    private void checkLists(Rule rule, Organization organization) {
        Set<String> known = ListEntries.names();
        known.addAll(organization.lists());
        for (String list : rule.missingLists()) {
            problems.add(
                    rule.outline().lists().getOrDefault(list, rule.header().position()),
                    "%" + list + "%: no list of this name"
                            + (known.contains(list) ? "" : Problems.suggestion(list, known))
                            + "; the rule is off until the organization's file has " + ListEntries.placeOf(list));
        }
    }
}
