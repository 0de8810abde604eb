package io.entrawatch.alert;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.DetectionMetadata;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.IpAddress;
import io.entrawatch.event.LongText;
import io.entrawatch.event.Place;
import io.entrawatch.rule.RuleHeader;

import static io.entrawatch.alert.EcsJson.writeGeo;
import static io.entrawatch.alert.EcsJson.writeLocation;
import static io.entrawatch.alert.EcsJson.writeObject;
import static io.entrawatch.alert.EcsJson.writeOnly;
import static io.entrawatch.alert.EcsJson.writeText;
import static io.entrawatch.alert.EcsJson.writeTexts;

/**
 * Writes an alert as a document of the Elastic Common Schema, version {@value #ECS_VERSION}. The same alert always gives
 * the same bytes: nothing of the moment of writing is in them.
 */
public final class EcsDocument {

    public static final String ECS_VERSION = "9.4.0";

    private static final JsonFactory JSON = new JsonFactory();

    private EcsDocument() {}

    /** The document as UTF-8 JSON without line breaks. */
    public static byte[] of(Alert alert, Detection detection) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("@timestamp", time(alert.atMillis()));
            json.writeStringField("message", alert.title() + ": " + alert.reason());
            writeObject(json, "ecs", () -> json.writeStringField("version", ECS_VERSION));
            writeEvent(json, alert);
            writeRule(json, detection.metadata());
            EcsThreat.write(json, detection.metadata());
            writeUser(json, alert.evidence().about());
            EcsTarget.write(json, alert.evidence().about());
            writeSource(json, alert.evidence().about());
            writeMeans(json, alert.evidence().about());
            writeRelated(json, alert.evidence().events());
            writeObject(json, "organization", () -> json.writeStringField("id", alert.tenant()));
            writeObject(json, "cloud", () -> {
                json.writeStringField("provider", "azure");
                writeObject(json, "service", () -> json.writeStringField("name", "Entra ID"));
            });
            writeObject(json, "observer", () -> {
                json.writeStringField("vendor", "Entrawatch");
                json.writeStringField("product", "Entrawatch");
                json.writeStringField("type", "siem");
            });
            writeOwn(json, alert, detection);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void writeEvent(JsonGenerator json, Alert alert) throws IOException {
        Evidence evidence = alert.evidence();
        writeObject(json, "event", () -> {
            json.writeStringField("id", alert.id());
            json.writeStringField("kind", "alert");
            writeTexts(json, "category", List.of("intrusion_detection"));
            writeTexts(json, "type", List.of("info"));
            json.writeStringField("action", alert.detection());
            json.writeStringField("module", "entrawatch");
            json.writeStringField("dataset", "entrawatch.alerts");
            json.writeNumberField("severity", alert.level().severity());
            json.writeNumberField("risk_score", alert.level().riskScore());
            json.writeStringField("start", time(evidence.first().atMillis()));
            json.writeStringField("end", time(evidence.last().atMillis()));
            json.writeStringField("reason", alert.reason());
            writeText(json, "outcome", outcome(evidence.about().outcome()));
        });
    }

    private static @Nullable String outcome(@Nullable String status) {
        if (status == null) {
            return null;
        }
        return switch (status) {
            case "Success" -> "success";
            case "Failure", "Interrupted" -> "failure";
            default -> "unknown";
        };
    }

    private static void writeRule(JsonGenerator json, DetectionMetadata metadata) throws IOException {
        RuleHeader header = metadata.header();
        writeObject(json, "rule", () -> {
            json.writeStringField("id", metadata.name());
            writeText(json, "uuid", header.id());
            json.writeStringField("name", metadata.title());
            writeText(json, "description", header.description());
            json.writeStringField("version", header.version());
            json.writeStringField("category", metadata.section());
            json.writeStringField("ruleset", "entrawatch");
            writeText(
                    json,
                    "reference",
                    header.references().isEmpty() ? null : header.references().get(0));
            writeTexts(json, "author", header.authors());
        });
    }

    /** Who did it; of an audit record also whom it was done to, if that is a user. */
    private static void writeUser(JsonGenerator json, EventSummary event) throws IOException {
        writeObject(json, "user", () -> {
            writeText(json, "id", event.userId());
            writeName(json, event.user());
            if (EcsTarget.isUser(event)) {
                writeObject(json, "target", () -> {
                    writeText(json, "id", event.targetId());
                    writeName(json, event.target());
                });
            }
        });
    }

    private static void writeName(JsonGenerator json, @Nullable String user) throws IOException {
        if (user == null) {
            return;
        }
        int at = user.lastIndexOf('@');
        json.writeStringField("name", at > 0 ? user.substring(0, at) : user);
        if (at > 0) {
            writeText(json, "domain", user.substring(at + 1));
            json.writeStringField("email", user);
        }
    }

    private static void writeSource(JsonGenerator json, EventSummary event) throws IOException {
        Place place = event.place();
        if (event.address() == null && place == null) {
            return;
        }
        writeObject(json, "source", () -> {
            writeText(json, "address", event.address());
            IpAddress address = IpAddress.parse(event.address());
            writeText(json, "ip", address == null ? null : address.text());
            if (place != null) {
                writeGeo(json, place);
                if (place.asn() > 0) {
                    writeObject(json, "as", () -> json.writeNumberField("number", place.asn()));
                }
            }
        });
    }

    /** With what it was done. */
    private static void writeMeans(JsonGenerator json, EventSummary event) throws IOException {
        writeOnly(json, "user_agent", "original", event.userAgent());
        writeOnly(json, "device", "id", event.deviceId());
    }

    private static void writeRelated(JsonGenerator json, List<EventSummary> events) throws IOException {
        Set<String> addresses = new LinkedHashSet<>();
        Set<String> users = new LinkedHashSet<>();
        for (EventSummary event : events) {
            IpAddress address = IpAddress.parse(event.address());
            if (address != null) {
                addresses.add(address.text());
            }
            add(users, event.userId(), event.user());
            if (EcsTarget.isUser(event)) {
                add(users, event.targetId(), event.target());
            }
        }
        writeObject(json, "related", () -> {
            writeTexts(json, "ip", addresses);
            writeTexts(json, "user", users);
        });
    }

    private static void add(Set<String> names, @Nullable String id, @Nullable String name) {
        if (id != null) {
            names.add(id);
        }
        if (name != null) {
            names.add(name);
        }
    }

    private static void writeOwn(JsonGenerator json, Alert alert, Detection detection) throws IOException {
        writeObject(json, "entrawatch", () -> {
            writeTexts(json, "guide", detection.metadata().guide());
            json.writeStringField("level", alert.level().label());
            writeTexts(json, "level_reasons", alert.levelReasons());
            writeTexts(json, "runbook", detection.metadata().header().runbook());
            writeObject(json, "group", () -> writeGroup(json, alert, detection));
            writeObject(json, "evidence", () -> writeEvidence(json, alert.evidence()));
        });
    }

    /** The tenant comes first in every group, whether or not the rule names it. */
    private static void writeGroup(JsonGenerator json, Alert alert, Detection detection) throws IOException {
        json.writeStringField("tenant.id", alert.tenant());
        int next = 1;
        for (String name : detection.groupBy()) {
            if (next < alert.group().size()) {
                json.writeStringField(name, LongText.cutValue(alert.group().get(next++)));
            }
        }
    }

    /** Numbers and words in the order of their names, because maps come out of state in any order. */
    private static void writeEvidence(JsonGenerator json, Evidence evidence) throws IOException {
        json.writeNumberField("observed", evidence.observed());
        json.writeNumberField("threshold", evidence.threshold());
        json.writeStringField("unit", evidence.unit());
        for (Map.Entry<String, Double> fact : new TreeMap<>(evidence.facts()).entrySet()) {
            json.writeNumberField(fact.getKey(), fact.getValue());
        }
        for (Map.Entry<String, String> note : new TreeMap<>(evidence.notes()).entrySet()) {
            json.writeStringField(note.getKey(), note.getValue());
        }
        json.writeArrayFieldStart("events");
        for (EventSummary event : evidence.events()) {
            json.writeStartObject();
            json.writeStringField("id", event.id());
            json.writeStringField("time", time(event.atMillis()));
            json.writeStringField("category", event.category());
            json.writeStringField("activity", event.activity());
            writeText(json, "outcome", event.outcome());
            writeText(json, "user", event.user());
            writeText(json, "user_id", event.userId());
            writeText(json, "target", event.target());
            writeText(json, "target_id", event.targetId());
            writeText(json, "target_type", event.targetType());
            writeText(json, "address", event.address());
            Place place = event.place();
            if (place != null) {
                writeText(json, "place", place.label());
                writeLocation(json, place);
                if (!place.isWithinCountry()) {
                    json.writeNumberField("accuracy_km", place.radiusKm());
                }
            }
            writeText(json, "app", event.app());
            writeText(json, "user_agent", event.userAgent());
            writeText(json, "correlation_id", event.correlationId());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
