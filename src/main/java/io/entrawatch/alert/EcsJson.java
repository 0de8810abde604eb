package io.entrawatch.alert;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.LongText;
import io.entrawatch.event.Place;

/** Objects, places, texts and lists of texts; a text that is missing or empty is left out. */
final class EcsJson {

    private EcsJson() {}

    /** The entries of an object. */
    interface Content {
        void write() throws IOException;
    }

    static void writeObject(JsonGenerator json, String name, Content content) throws IOException {
        json.writeObjectFieldStart(name);
        content.write();
        json.writeEndObject();
    }

    static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    /** An object with one text in it, and no object without it. */
    static void writeOnly(JsonGenerator json, String object, String name, @Nullable String text) throws IOException {
        if (text != null && !text.isEmpty()) {
            writeObject(json, object, () -> json.writeStringField(name, text));
        }
    }

    static void writeTexts(JsonGenerator json, String name, Collection<@Nullable String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void writeGeo(JsonGenerator json, Place place) throws IOException {
        writeObject(json, "geo", () -> {
            writePlaceName(json, "city_name", place.city());
            writePlaceName(json, "region_name", place.state());
            writeCountry(json, place.country());
            // The middle of a country is a point that no record has.
            if (place.isWithinCountry()) {
                writeLocation(json, place);
            }
        });
    }

    /** Logs have a code of two letters, or whatever else somebody has written there. */
    private static void writeCountry(JsonGenerator json, @Nullable String country) throws IOException {
        if (country != null && country.matches("[A-Za-z]{2}")) {
            json.writeStringField("country_iso_code", country.toUpperCase(Locale.ROOT));
        } else {
            writePlaceName(json, "country_name", country);
        }
    }

    private static void writePlaceName(JsonGenerator json, String name, @Nullable String text) throws IOException {
        writeText(json, name, text == null ? null : LongText.cutValue(text));
    }

    static void writeLocation(JsonGenerator json, Place place) throws IOException {
        writeObject(json, "location", () -> {
            json.writeNumberField("lat", place.latitude());
            json.writeNumberField("lon", place.longitude());
        });
    }
}
