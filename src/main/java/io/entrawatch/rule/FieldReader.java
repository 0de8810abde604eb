package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldNames;
import io.entrawatch.event.LogSource;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/** Finds the fields that a rule on one log source names outside its selections. */
final class FieldReader {

    private final LogSource source;
    private final Problems problems;

    FieldReader(LogSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The fields of a list, each once. They are only shown, so that unknown ones are left out. */
    List<Field> shown(List<YamlNode> names) {
        List<Field> fields = new ArrayList<>();
        for (YamlNode name : names) {
            Optional<Field> field = find(name);
            if (field.isEmpty()) {
                problems.note(name.position(), unknown("fields", name));
            }
            field.filter(found -> !fields.contains(found)).ifPresent(fields::add);
        }
        return List.copyOf(fields);
    }

    Optional<Field> resolve(String entry, YamlNode name) {
        Optional<Field> field = find(name);
        if (field.isEmpty()) {
            problems.add(name.position(), unknown(entry, name));
        }
        return field;
    }

    private Optional<Field> find(YamlNode name) {
        return name.isScalar() ? FieldNames.resolve(source, name.text()) : Optional.empty();
    }

    private String unknown(String entry, YamlNode name) {
        String suggestion = name.isScalar() ? Problems.suggestion(name.text(), FieldNames.known(source)) : "";
        return entry + ": " + name.describe() + " is unknown for service " + source.service() + suggestion;
    }
}
