package io.entrawatch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldNames;
import io.entrawatch.event.LogSource;

/** The names that rules may use for fields, as a page of Markdown. */
final class FieldTable {

    private static final String BEGINNING =
            """
            # Fields

            The names that rules may use, one table for each log source. Upper and lower case are the same, and every name
            may have `properties.` before it. A value is read from the first place in which a record has it; paths are those
            of the record itself, which is the `properties` object of a diagnostic record and the whole of a Graph object
            or a row of Log Analytics.

            This page is printed by the command `rules fields`.
            """;

    private FieldTable() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(BEGINNING);
        for (LogSource source : LogSource.values()) {
            page.append("\n## service: ").append(source.service()).append("\n\n");
            page.append("| field | read from | other names |\n|---|---|---|\n");
            FieldNames.namesByField(source).forEach((field, names) -> page.append(row(field, names)));
        }
        return page.toString();
    }

    private static String row(Field field, SortedSet<String> names) {
        List<String> others = new ArrayList<>(names);
        others.removeIf(
                name -> name.equalsIgnoreCase(field.label()) || field.paths().contains(name));
        String paths = field.paths().isEmpty() ? "derived" : code(field.paths());
        return "| `" + field.label() + "` | " + paths + " | " + code(others) + " |\n";
    }

    private static String code(List<String> names) {
        List<String> quoted = names.stream().map(name -> "`" + name + "`").toList();
        return String.join(", ", quoted);
    }
}
