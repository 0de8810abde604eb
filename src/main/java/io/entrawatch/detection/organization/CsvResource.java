package io.entrawatch.detection.organization;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Reads a table that comes with Entrawatch: a line of names, then lines of values without quotes. */
final class CsvResource {

    private CsvResource() {}

    static List<String[]> rows(String name) {
        try (InputStream stream = Objects.requireNonNull(
                        CsvResource.class.getResourceAsStream("/" + name), name + " is in the jar");
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
