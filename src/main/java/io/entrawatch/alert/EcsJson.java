package io.entrawatch.alert;

import java.io.IOException;
import java.util.Collection;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

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

    static void writeTexts(JsonGenerator json, String name, Collection<@Nullable String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static void writeLocation(JsonGenerator json, Place place) throws IOException {
        writeObject(json, "location", () -> {
            json.writeNumberField("lat", place.latitude());
            json.writeNumberField("lon", place.longitude());
        });
    }
}
