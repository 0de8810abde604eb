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

    /** The fields of a list, each once; unknown ones are problems. */
    List<Field> resolveAll(List<YamlNode> names) {
        List<Field> fields = new ArrayList<>();
        for (YamlNode name : names) {
            resolve("fields", name).filter(field -> !fields.contains(field)).ifPresent(fields::add);
        }
        return List.copyOf(fields);
    }

    Optional<Field> resolve(String entry, YamlNode name) {
        Optional<Field> field = name.isScalar() ? FieldNames.resolve(source, name.text()) : Optional.empty();
        if (field.isEmpty()) {
            String suggestion = name.isScalar() ? Problems.suggestion(name.text(), FieldNames.known(source)) : "";
            problems.add(
                    name.position(),
                    entry + ": " + name.describe() + " is unknown for service " + source.service() + suggestion);
        }
        return field;
    }
}
