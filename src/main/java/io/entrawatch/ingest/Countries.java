package io.entrawatch.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Place;

/** The middle of each country and how far its land reaches from there, for records that name only the country. */
final class Countries {

    private static final Map<String, double[]> MIDDLES = read();

    private Countries() {}

    /** A place in the middle of the country, as inaccurate as the country is large; null for an unknown code. */
    static @Nullable Place middleOf(@Nullable String country, @Nullable String city, @Nullable String state, long asn) {
        double[] middle = country == null ? null : MIDDLES.get(country.toUpperCase(Locale.ROOT));
        return middle == null ? null : new Place(middle[0], middle[1], (int) middle[2], city, state, country, asn);
    }

    private static Map<String, double[]> read() {
        Map<String, double[]> middles = new HashMap<>();
        try (InputStream stream = Objects.requireNonNull(
                        Countries.class.getResourceAsStream("/countries.csv"), "countries.csv is in the jar");
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).forEach(line -> {
                String[] columns = line.split(",", -1);
                middles.put(columns[0], new double[] {
                    Double.parseDouble(columns[1]), Double.parseDouble(columns[2]), Double.parseDouble(columns[3])
                });
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return middles;
    }
}
