package io.entrawatch.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** A value among the details of an audit record, which are a list of keys and values: {@code [{"key":"tid","value":"1"}]}. */
final class Detail {

    private final Pattern pair;

    Detail(String key) {
        this.pair = Pattern.compile(
                "(?i)\"key\"\\s*:\\s*\"" + Pattern.quote(key) + "\"\\s*,\\s*\"value\"\\s*:\\s*\"([^\"\\\\]+)\"");
    }

    /** The value in the text of the details; null where there is none. */
    @Nullable
    String in(@Nullable String details) {
        if (details == null) {
            return null;
        }
        Matcher found = pair.matcher(details);
        return found.find() ? found.group(1) : null;
    }
}
