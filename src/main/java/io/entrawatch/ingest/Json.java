package io.entrawatch.ingest;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** JSON parsers with bounds, so that no record can stall or exhaust the job. */
final class Json {

    /** A real record is nested about ten deep. */
    private static final int DEEPEST_NESTING = 100;

    private final JsonFactory factory;

    Json(int largestRecord) {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .maxStringLength(largestRecord)
                        .maxNameLength(10_000)
                        .build())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
    }

    JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return factory.createParser(bytes, offset, length);
    }

    JsonParser parser(String text) throws IOException {
        return factory.createParser(text);
    }
}
