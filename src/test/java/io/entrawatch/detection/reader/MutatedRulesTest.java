package io.entrawatch.detection.reader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.rule.Events;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.RuleReader;
import io.entrawatch.rule.SigmaDocument;
import io.entrawatch.yaml.Problem;
import io.entrawatch.yaml.Problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class MutatedRulesTest {

    private static final String EVERYTHING =
            """
            title: Everything a rule may say
            name: everything
            id: 00000000-0000-4000-8000-000000000009
            tags: [ attack.initial-access, attack.t1078.004 ]
            level: high
            runbook: [ Look, Ask ]
            limits: It is invented.
            fields: [ app, ipAddress ]
            logsource: { product: azure, service: signinlogs }
            detection:
              texts:
                app|contains|all: [ Mail, 'C?l*r' ]
                userAgent|windash|contains: ' -enc'
                userAgent|wide|base64offset|contains: invented
                homeTenantId|fieldref|neq: resourceTenantId
                createdDateTime|hour|gte: 22
              lists:
                - ipAddress|cidr: [ 192.0.2.0/24, '2001:db8::/32' ]
                - ResultType|gt: 50000
                - userId|expand: 'x%people%'
                - userPrincipalName|re|i: '^(a|b)+@contoso[.]example$'
              keywords: [ fabrikam, 'con*so' ]
              filter_a: { app|exists: false }
              filter_b: { app|cased: null }
              condition: (texts or 1 of list*) and keywords and not all of filter_*
            ---
            title: Not from the office
            logsource: { product: azure, service: signinlogs }
            filter:
              rules: [ everything ]
              office: { '|all': [ office, oslo ] }
              condition: not office
            ---
            name: everything
            enabled: false
            """;

    private static final List<String> ORIGINALS = originals();
    private static final List<String> PIECES = List.of(
            "",
            " ",
            "\n",
            "\t",
            ":",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            "\"",
            "&a ",
            "*a",
            "!!x ",
            "|",
            ">",
            "%",
            "---\n",
            "null",
            "~",
            "<<: ",
            "? ",
            "not ",
            "(",
            ")",
            " of ",
            "*",
            "\\",
            "\u0000",
            "\uFFFF",
            "\uD83D",
            "1e999999999",
            "|re",
            "|cidr",
            "|expand",
            "|exists",
            "|fieldref",
            "|base64offset",
            "|hour",
            "|neq",
            "|all",
            "99999999999999999999",
            "x".repeat(5_000),
            "(a+)+".repeat(30),
            "[".repeat(200),
            "a{1000}".repeat(5));

    private static final EntraEvent EVENT = Events.with(
            Events.with(Events.from("a".repeat(5_000)), Field.RECORD_TEXT, "contoso", "fabrikam"),
            Field.USER_AGENT,
            "-".repeat(5_000));

    @TempDir
    private Path directory;

    private static List<String> originals() {
        List<String> originals = new ArrayList<>(RuleFiles.shipped().values());
        // As often as all the others, because it alone has every feature.
        for (int i = originals.size(); i > 0; i--) {
            originals.add(EVERYTHING);
        }
        return List.copyOf(originals);
    }

    @Test
    void everythingARuleMaySayIsRead() {
        Problems problems = new Problems();
        assertThat(new RuleReader(Organization.UNKNOWN, problems).read("trial.yml", EVERYTHING))
                .hasSize(3);
        assertThat(problems.all()).isEmpty();
    }

    @Property(tries = 5_000, seed = "20261122")
    void aDamagedRuleFileIsAProblemAndNeverAnException(@ForAll Random random) {
        String text = mutated(ORIGINALS.get(random.nextInt(ORIGINALS.size())), random);
        Problems problems = new Problems();

        assertTimeout(Duration.ofSeconds(5), () -> readAndAsk(text, problems));

        assertThat(problems.all())
                .allMatch(problem -> !problem.message().isEmpty()
                        && problem.at().file().equals("trial.yml")
                        && problem.at().line() > 0
                        && problem.at().column() > 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileFileIsReadOrRefusedInBoundedTime(String what, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("trial.yml"), text);
        Problems problems = new Problems();

        Catalogue catalogue = assertTimeout(
                Duration.ofSeconds(10), () -> CatalogueReader.read(List.of(file), Organization.UNKNOWN, problems));

        assertTimeout(Duration.ofSeconds(10), () -> catalogue
                .find("everything")
                .ifPresent(detection -> detection.rules().forEach(rule -> rule.matches(EVENT))));

        assertThat(problems.all()).extracting(Problem::message).allMatch(message -> message.length() < 2_000);
    }

    static Map<String, String> texts() {
        String rule = EVERYTHING.substring(0, EVERYTHING.indexOf("---"));
        StringBuilder bomb = new StringBuilder("a0: &a0 [ x, x, x, x, x, x, x, x, x ]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [ *a%d, *a%d, *a%d ]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        return Map.of(
                "aliases of aliases", bomb + rule,
                "deep flow", rule + "x: " + "[".repeat(50_000),
                "deep blocks", rule + "x:\n" + "- ".repeat(50_000) + "y\n",
                "a text of ten megabytes", rule.replace("Mail", "x".repeat(10_000_000)),
                "a condition of a megabyte", rule.replace("(texts", "(" + "texts or ".repeat(100_000) + "texts"),
                "parentheses", rule.replace("(texts", "(".repeat(100_000) + "texts"),
                "negations", rule.replace("(texts", "not ".repeat(100_000) + "(texts"),
                "a pattern that others take for ever", rule.replace("^(a|b)+@", "^(([a-z])+.)+[A-Z]([a-z])+$"),
                "many dashes", rule.replace(" -enc", " -a".repeat(10_000)),
                "a pattern of many counts", rule.replace("^(a|b)+@", "((a{100}){100}){100}"));
    }

    static List<Arguments> hostile() {
        return texts().entrySet().stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static void readAndAsk(String text, Problems problems) {
        for (SigmaDocument document : new RuleReader(Organization.UNKNOWN, problems).read("trial.yml", text)) {
            if (document instanceof Rule rule) {
                rule.matches(EVENT);
            }
        }
    }

    private static String mutated(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(20));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(Math.min(from, text.length() - 1), (char) random.nextInt(0x250));
                case 1 -> text.insert(random.nextInt(text.length() + 1), text.substring(from, to));
                default -> text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
