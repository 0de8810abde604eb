package io.entrawatch.rule;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.entrawatch.yaml.Position;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/** Reads what a document says about itself. */
final class HeaderReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern OLDER_DATE = Pattern.compile("\\d{4}/\\d{2}/\\d{2}");
    private static final List<String> STATUSES =
            List.of("stable", "test", "experimental", "deprecated", RuleHeader.UNSUPPORTED);

    private final Problems problems;

    HeaderReader(Problems problems) {
        this.problems = problems;
    }

    /** @param name what the document goes by, whether it says so or not */
    RuleHeader read(YamlMapping document, String name) {
        String given = document.optional("name");
        if (given != null && !NAME.matcher(name).matches()) {
            document.problem("name", given + " (expected: letters, digits, hyphens, dots and underscores)");
        }
        String id = document.optional("id");
        if (id != null && !UUID.matcher(id).matches()) {
            document.problem("id", id + " (expected: a UUID)");
        }
        noteIfNoDate(document, "date");
        noteIfNoDate(document, "modified");
        String version = document.text("modified", document.text("date", "1"));
        return new RuleHeader(
                name,
                id == null ? null : id.toLowerCase(Locale.ROOT),
                document.required("title"),
                status(document),
                document.text("description", "").strip(),
                document.texts("references"),
                document.texts("tags"),
                document.choice("level", Level.byLabel(), Level.MEDIUM),
                document.texts("falsepositives"),
                document.texts("author"),
                version,
                document.texts("runbook"),
                document.text("limits", "").strip(),
                document.position(),
                new RuleHeader.Places(document.position("name"), document.position("id"), placesOf(document, "tags")));
    }

    /** Those of what {@link YamlMapping#texts} takes for texts. */
    private static List<Position> placesOf(YamlMapping document, String name) {
        return document.items(name).stream()
                .filter(item -> item.isScalar() && !item.isNull())
                .map(YamlNode::position)
                .toList();
    }

    /** Alerts have the latest as the version of their rule. Rules of others have had all kinds, and are loaded nevertheless. */
    private static void noteIfNoDate(YamlMapping document, String entry) {
        String text = document.optional(entry);
        if (text != null && !isDate(text)) {
            document.note(entry, text + " (expected: a date such as 2026-03-02)");
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(OLDER_DATE.matcher(text).matches() ? text.replace('/', '-') : text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private String status(YamlMapping document) {
        String status = document.text("status", "").toLowerCase(Locale.ROOT);
        if (!status.isEmpty() && !STATUSES.contains(status)) {
            problems.note(
                    document.position("status"),
                    "status: " + status + " (expected: " + String.join(", ", STATUSES) + ")"
                            + Problems.suggestion(status, STATUSES));
        }
        return status;
    }
}
