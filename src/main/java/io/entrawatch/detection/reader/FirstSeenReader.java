package io.entrawatch.detection.reader;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.FirstSeenDetection;
import io.entrawatch.yaml.YamlMapping;

/** Reads correlations of values that a group did not have before. */
final class FirstSeenReader {

    private static final Duration LONGEST = Duration.ofDays(365);

    private FirstSeenReader() {}

    static @Nullable Detection read(YamlMapping body, Correlated correlated) {
        int asked = correlated.addMore("known-from");
        List<String> values = body.texts("field");
        if (values.isEmpty()) {
            body.problem("field", "missing (expected: the field whose value is new)");
        }
        Duration learning = body.duration("learning", Duration.ofDays(14));
        Duration memory = body.duration("memory", Duration.ofDays(30));
        if (memory.compareTo(Duration.ofDays(1)) < 0 || memory.compareTo(LONGEST) > 0) {
            body.problem("memory", body.text("memory", "") + " (expected: from 1d to 365d)");
        } else if (!memory.equals(Duration.ofDays(memory.toDays()))) {
            body.problem("memory", body.text("memory", "") + " (expected: whole days, such as 2d)");
        }
        boolean remind = body.flag("remind", false);
        if (remind && body.get("known-from") != null) {
            body.problem("remind", "true does not go with known-from, where what is not known is told once a day");
        }
        return new FirstSeenDetection(
                correlated.metadata(),
                correlated.stepsWithValues(values, body, "field"),
                asked,
                correlated.groupBy(),
                values,
                learning,
                memory,
                remind);
    }
}
