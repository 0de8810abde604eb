package io.entrawatch.generate;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes the records of a play. What a step says in our words is put into a record as Entra writes it; every other entry
 * is a path into that record, such as {@code status.additionalDetails}.
 */
final class Records {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> OF_SIGN_IN = Set.of(
            "who",
            "from",
            "address",
            "code",
            "app",
            "program",
            "renewal",
            "mfa",
            "password",
            "trusted",
            "unmanaged",
            "session",
            "fresh");
    private static final Set<String> OF_RISK = Set.of("who", "type", "level", "state", "activity", "id");

    private final Tenant tenant;
    private final Cast cast;
    private final Chance chance;

    Records(Tenant tenant, Cast cast, Chance chance) {
        this.tenant = tenant;
        this.cast = cast;
        this.chance = chance;
    }

    /** The step's words with the number of the repetition in the place of {@code {n}}. */
    ObjectNode numbered(ObjectNode said, int number) {
        return (ObjectNode) parse(said.toString()
                .replace("{n}", Integer.toString(number))
                .replace("{tens}", Integer.toString(number / 10))
                .replace("{uuid}", chance.uuid())
                .replace("{tenant}", tenant.id())
                .replace("{domain}", tenant.domain()));
    }

    LogLine line(Play.Kind kind, ObjectNode said, long atMillis, long delayMillis) {
        ObjectNode record =
                switch (kind) {
                    case SIGN_IN -> signIn(said, atMillis, delayMillis);
                    case AUDIT -> new AuditForm(tenant, cast, chance).write(said, atMillis);
                    case RISK -> risk(said, atMillis);
                    case SNAPSHOT, AZURE -> (ObjectNode) resolve(said);
                };
        if (!record.has("time")) {
            record.put("time", Instant.ofEpochMilli(atMillis).toString());
        }
        if (kind == Play.Kind.SNAPSHOT || kind == Play.Kind.AZURE) {
            record.put("tenantId", tenant.id());
        }
        String id = record.at("/properties/id").asText();
        if (!id.isEmpty()) {
            cast.about().add(id);
        }
        return new LogLine(kind.file(), atMillis + delayMillis, record.toString());
    }

    private ObjectNode signIn(ObjectNode said, long atMillis, long delayMillis) {
        Person person = cast.person(said.path("who").asText("victim"));
        SignIn signIn = new SignIn(person, tenant.id(), atMillis, chance)
                .failing(said.path("code").asInt())
                .to(said.path("app").asText(SignIn.USUAL_APP));
        String from = said.path("from").asText();
        String address = said.has("address") ? cast.address(said.get("address").asText()) : person.address();
        signIn.from(cast.place(from), address);
        if (from.equals("nowhere")) {
            signIn.withoutPlace();
        }
        boolean renewal = said.path("renewal").asBoolean();
        if (renewal || said.path("program").asBoolean()) {
            signIn.byProgram();
        }
        if (said.path("trusted").asBoolean()) {
            signIn.inTrustedLocation();
        }
        if (!said.path("mfa").asBoolean(true)) {
            signIn.withOneFactor();
        }
        if (said.path("unmanaged").asBoolean()) {
            signIn.onUnknownDevice();
        }
        ObjectNode record = (ObjectNode) parse(signIn.exportedAfter(delayMillis).json());
        ObjectNode properties = (ObjectNode) record.get("properties");
        if (said.has("password")) {
            ((ObjectNode) properties.at("/authenticationDetails/0"))
                    .put("succeeded", said.get("password").asBoolean());
        }
        if (renewal) {
            properties.put("incomingTokenType", "primaryRefreshToken");
            ((ObjectNode) properties.at("/authenticationDetails/0"))
                    .put("authenticationMethod", "Previously satisfied")
                    .put("authenticationMethodDetail", "")
                    .put("authenticationStepResultDetail", "First factor requirement satisfied by claim in the token");
        }
        if (said.path("fresh").asBoolean()) {
            ((ObjectNode) properties.at("/authenticationDetails/1"))
                    .put("authenticationMethod", "Mobile app notification")
                    .put("authenticationStepResultDetail", "MFA completed in Azure AD");
        }
        if (said.has("session")) {
            properties.put("sessionId", said.get("session").asText());
        }
        if (said.has("address")) {
            properties.put("userAgent", cast.userAgent());
        }
        set(properties, said, OF_SIGN_IN);
        return record;
    }

    private ObjectNode risk(ObjectNode said, long atMillis) {
        Person person = cast.person(said.path("who").asText("victim"));
        String type = said.path("type").asText();
        ObjectNode record = (ObjectNode) parse(
                RiskRecord.of(type, person, tenant.id(), atMillis, 0, chance).json());
        ObjectNode properties = (ObjectNode) record.get("properties");
        for (String name : new String[] {"level", "state"}) {
            if (said.has(name)) {
                properties.set("risk" + Character.toUpperCase(name.charAt(0)) + name.substring(1), said.get(name));
            }
        }
        if (said.has("activity")) {
            properties.set("activity", said.get("activity"));
        }
        if (said.has("id")) {
            // The same detection, told again: its id is the same in all records of the play.
            properties.put("id", cast.person("risk-" + said.get("id").asText()).id());
        }
        set(properties, said, OF_RISK);
        return record;
    }

    private void set(ObjectNode into, ObjectNode said, Set<String> known) {
        for (Map.Entry<String, JsonNode> entry : said.properties()) {
            if (!known.contains(entry.getKey())) {
                put(into, entry.getKey(), resolve(entry.getValue()));
            }
        }
    }

    private static void put(ObjectNode into, String path, JsonNode value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            into.set(path, value);
        } else {
            put(into.withObjectProperty(path.substring(0, dot)), path.substring(dot + 1), value);
        }
    }

    /** Puts ids, names and addresses of the cast in the place of {@code $id:who}, {@code $name:who} and {@code $at:x}. */
    private JsonNode resolve(JsonNode value) {
        if (value.isTextual() && value.asText().startsWith("$")) {
            String text = value.asText();
            String name = text.substring(text.indexOf(':') + 1);
            String resolved = text.startsWith("$id:")
                    ? cast.person(name).id()
                    : text.startsWith("$name:") ? cast.person(name).principalName() : cast.address(name);
            return MAPPER.getNodeFactory().textNode(resolved);
        }
        if (value instanceof ObjectNode object) {
            ObjectNode copy = MAPPER.createObjectNode();
            object.properties().forEach(entry -> put(copy, entry.getKey(), resolve(entry.getValue())));
            return copy;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = MAPPER.createArrayNode();
            array.forEach(item -> copy.add(resolve(item)));
            return copy;
        }
        return value;
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
