package io.entrawatch.alert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.entrawatch.event.HealthReport;

import static io.entrawatch.alert.EcsJson.writeObject;
import static io.entrawatch.alert.EcsJson.writeTexts;

/** Writes how a source is doing as a metric of the Elastic Common Schema. */
public final class HealthDocument {

    private static final JsonFactory JSON = new JsonFactory();

    private HealthDocument() {}

    /** The document as UTF-8 JSON without line breaks. */
    public static byte[] of(HealthReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("@timestamp", time(report.atMillis()));
            writeObject(json, "ecs", () -> json.writeStringField("version", EcsDocument.ECS_VERSION));
            writeObject(json, "event", () -> {
                json.writeStringField("kind", "metric");
                json.writeStringField("module", "entrawatch");
                json.writeStringField("dataset", "entrawatch.health");
            });
            writeObject(json, "entrawatch", () -> writeObject(json, "health", () -> writeHealth(json, report)));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void writeHealth(JsonGenerator json, HealthReport report) throws IOException {
        json.writeStringField("source", report.source());
        json.writeNumberField("subtask", report.subtask());
        writeNumbers(json, report.since());
        Long lag = report.lagMillis();
        if (lag != null) {
            json.writeNumberField("lag_ms", lag);
        }
        Long watermark = report.watermarkMillis();
        if (watermark != null) {
            json.writeStringField("watermark", time(watermark));
        }
        writeObject(json, "detections", () -> {
            json.writeNumberField("on", report.detectionsOn());
            json.writeNumberField("off", report.detectionsOff().size());
            writeTexts(json, "names_off", report.detectionsOff());
        });
    }

    private static void writeNumbers(JsonGenerator json, HealthReport.Numbers numbers) throws IOException {
        json.writeNumberField("events", numbers.events());
        json.writeNumberField("evaluated", numbers.evaluated());
        json.writeNumberField("late", numbers.late());
        json.writeNumberField("dead_letters", numbers.deadLetters());
        writeObject(json, "dead_letter_reasons", () -> {
            for (Map.Entry<String, Long> reason : numbers.deadLetterReasons().entrySet()) {
                json.writeNumberField(reason.getKey(), reason.getValue());
            }
        });
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
