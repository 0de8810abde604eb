package io.entrawatch.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.EcsDocument;
import io.entrawatch.alert.HealthDocument;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;

/** Turns what the topology finds into documents. */
public final class Documents {

    private static final JsonFactory JSON = new JsonFactory();

    /** Said of an event beside its date. */
    private static final String FUTURE =
            "dated more than a day ahead of the clock of what read it; only detections over single events saw it";

    private Documents() {}

    /**
     * Alerts as ECS documents. A checkpoint may hold alerts that were on their way when their detection was switched off, which
     * are written, or when it was taken away, of which nothing is known any more.
     */
    @SuppressWarnings("NullAway.Init")
    public static final class OfAlerts extends RichFlatMapFunction<Alert, Document> {
        private static final long serialVersionUID = 1L;
        private static final Logger LOG = LoggerFactory.getLogger(OfAlerts.class);

        /** As many of the latest alerts are in the figures of latency. */
        private static final int SAMPLES = 1_000;

        private final Map<String, Detection> detections = new HashMap<>();
        private transient Histogram latency;

        public OfAlerts(Catalogue catalogue) {
            catalogue.all().forEach(detection -> detections.put(detection.name(), detection));
        }

        @Override
        public void open(OpenContext context) {
            latency = getRuntimeContext()
                    .getMetricGroup()
                    .addGroup("entrawatch")
                    .histogram("decision-latency.wall-clock-millis", new DescriptiveStatisticsHistogram(SAMPLES));
        }

        @Override
        public void flatMap(Alert alert, Collector<Document> out) {
            latency.update(System.currentTimeMillis() - alert.atMillis());
            Detection detection = detections.get(alert.detection());
            if (detection == null) {
                LOG.warn("The alert {} is not written: {} is not loaded any more", alert.id(), alert.detection());
                return;
            }
            byte[] json = EcsDocument.of(alert, detection);
            out.collect(new Document(Document.Target.ALERTS, alert.id(), alert.atMillis(), json));
        }
    }

    /** Dead letters, one line of {@code dead-letters.ndjson} each. */
    public static Document of(DeadLetter letter) {
        String id = idOf(letter.source(), letter.position(), letter.record());
        return new Document(Document.Target.DEAD_LETTERS, id, 0, json(letter));
    }

    static byte[] json(DeadLetter letter) {
        return write(generator -> {
            generator.writeStringField("reason", letter.reason());
            generator.writeStringField("detail", letter.detail());
            generator.writeStringField("source", letter.source());
            generator.writeStringField("position", letter.position());
            generator.writeStringField("record", letter.record());
        });
    }

    /** Late events, and those from the future, one line of {@code late.ndjson} each. */
    public static Document of(LateEvent late) {
        byte[] json = write(generator -> {
            generator.writeStringField(
                    "@timestamp", Instant.ofEpochMilli(late.event().atMillis()).toString());
            generator.writeStringField("id", late.event().id());
            generator.writeStringField("source", late.source());
            generator.writeStringField("category", late.event().category());
            generator.writeStringField("tenant", late.event().tenant());
            writeText(generator, "user", late.event().user());
            generator.writeStringField("activity", late.event().activity());
            generator.writeNumberField("late_by_ms", late.lateByMillis());
            writeText(generator, "detail", late.isFuture() ? FUTURE : null);
        });
        // A risk is told again under its id. By how much an event is late differs each time that it is read.
        String id = idOf(
                late.source(), late.event().id(), Long.toString(late.event().atMillis()));
        return new Document(Document.Target.LATE, id, late.event().atMillis(), json);
    }

    /** How a source is doing. Each report is a document of its own. */
    public static Document of(HealthReport report) {
        String id = idOf(
                report.run(), report.source(), Integer.toString(report.subtask()), Long.toString(report.atMillis()));
        return new Document(Document.Target.HEALTH, id, report.atMillis(), HealthDocument.of(report));
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static String idOf(String... parts) {
        byte[] bytes = String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
