package io.entrawatch.settings;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set.
 *
 * @param detections directories with further rule files
 * @param organization the path of {@code organization.yaml}, or null
 * @param geoip the path of a database in MaxMind's format, or null
 * @param flink options of Flink by their own names
 */
public record JobSettings(
        List<SourceSettings> sources,
        List<String> detections,
        @Nullable String organization,
        @Nullable String geoip,
        TimeSettings time,
        OutputSettings outputs,
        int largestRecord,
        Map<String, String> flink) {

    /** A record of a real log has at most some hundred kilobytes. */
    public static final int LARGEST_RECORD = 1024 * 1024;
}
