package io.entrawatch.rule;

import java.util.List;

import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule file read from its text, named {@code trial.yml}, and what was wrong with it. */
public record ReadRule(List<SigmaDocument> documents, List<String> problems) {

    public static ReadRule of(String text) {
        return of(text, Organization.UNKNOWN);
    }

    public static ReadRule of(String text, Placeholders lists) {
        Problems problems = new Problems();
        List<SigmaDocument> documents = new RuleReader(lists, problems).read("trial.yml", text);
        return new ReadRule(
                documents, problems.all().stream().map(Problem::toString).toList());
    }

    /** A rule on sign-ins whose one selection has this line, which is the fifth of the file. */
    static ReadRule onSignIns(String line) {
        return of(selection("signinlogs", line));
    }

    static String selection(String service, String line) {
        return """
                title: A trial
                logsource: { product: azure, service: %s }
                detection:
                  selection:
                    %s
                  condition: selection
                """
                .formatted(service, line);
    }

    /** The one rule of a file in which nothing is wrong. */
    Rule rule() {
        assertThat(problems).isEmpty();
        assertThat(documents).hasSize(1);
        return (Rule) documents.get(0);
    }

    boolean matches(EntraEvent event) {
        return rule().matches(event);
    }

    /** The one problem. */
    String problem() {
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }
}
