package io.entrawatch.generate;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes a directory change of any kind as Entra does: values as JSON inside text, a role as a second target. */
final class AuditForm {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Tenant tenant;
    private final Cast cast;
    private final Chance chance;

    AuditForm(Tenant tenant, Cast cast, Chance chance) {
        this.tenant = tenant;
        this.cast = cast;
        this.chance = chance;
    }

    ObjectNode write(ObjectNode said, long atMillis) {
        String activity = said.path("activity").asText();
        String at = Instant.ofEpochMilli(atMillis).toString();
        ObjectNode record = MAPPER.createObjectNode();
        record.put("time", at);
        record.put("resourceId", "/tenants/" + tenant.id() + "/providers/Microsoft.aadiam");
        record.put("operationName", activity).put("operationVersion", "1.0").put("category", "AuditLogs");
        record.put("tenantId", tenant.id()).put("resultSignature", "None").put("durationMs", 0);
        record.put("correlationId", chance.uuid()).put("Level", 4);
        ObjectNode properties = record.putObject("properties");
        boolean activation = said.path("service").asText().equals("PIM")
                && said.path("category").asText().equals("RoleManagement");
        properties.put(
                "id",
                (activation ? "PIM_" : "Directory_") + chance.uuid() + "_" + chance.between(10_000_000, 99_999_999));
        properties.put("category", said.path("category").asText("UserManagement"));
        properties.put("correlationId", chance.uuid());
        properties.put("result", said.path("result").asText("success")).put("resultReason", "");
        properties.put("activityDisplayName", activity).put("activityDateTime", at);
        properties.put("loggedByService", said.path("service").asText("Core Directory"));
        properties.put("operationType", AuditRecord.operationOf(activity));
        properties.set("initiatedBy", actor(said));
        properties.set("targetResources", activation ? activated(said) : targets(activity, said));
        ArrayNode details = properties.putArray("additionalDetails");
        for (Map.Entry<String, JsonNode> detail : said.path("details").properties()) {
            details.addObject()
                    .put("key", detail.getKey())
                    .put("value", detail.getValue().asText());
        }
        return record;
    }

    private ObjectNode actor(ObjectNode said) {
        ObjectNode by = MAPPER.createObjectNode();
        if (said.has("by-app")) {
            String name = said.get("by-app").asText();
            ObjectNode app = by.putObject("app");
            app.put("appId", idOf(name)).put("displayName", name);
            app.put("servicePrincipalId", idOf("principal of " + name)).put("servicePrincipalName", name);
            return by;
        }
        Person person = cast.person(said.path("actor").asText("helpdesk"));
        ObjectNode user = by.putObject("user");
        user.put("id", person.id()).putNull("displayName");
        user.put("userPrincipalName", person.principalName()).put("ipAddress", person.address());
        user.putArray("roles");
        return by;
    }

    /** As Privileged Identity Management writes it: the role first, then the request, and who takes the role. */
    private ArrayNode activated(ObjectNode said) {
        ArrayNode targets = MAPPER.createArrayNode();
        String name = said.path("role").asText();
        ObjectNode role = targets.addObject();
        role.put("id", idOf(name)).put("displayName", name).put("type", "Role");
        ArrayNode of = role.putArray("modifiedProperties");
        of.addObject()
                .put("displayName", "RoleDefinitionOriginType")
                .put("oldValue", "\"\"")
                .put("newValue", "\"BuiltInRole\"");
        of.addObject()
                .put("displayName", "TemplateId")
                .put("oldValue", "\"\"")
                .put("newValue", "\"" + said.path("template").asText() + "\"");
        targets.addObject().put("id", chance.uuid()).put("type", "Request");
        Person person = cast.person(said.path("target").asText("victim"));
        targets.addObject()
                .put("id", person.id())
                .put("displayName", person.displayName())
                .put("type", "User");
        targets.addObject()
                .put("id", tenant.id())
                .put("displayName", tenant.domain())
                .put("type", "Directory");
        targets.addObject().put("id", chance.uuid()).put("type", "Other");
        return targets;
    }

    private ArrayNode targets(String activity, ObjectNode said) {
        ArrayNode targets = MAPPER.createArrayNode();
        ObjectNode user = targets.addObject();
        ArrayNode changes = MAPPER.createArrayNode();
        if (said.has("target-app")) {
            String name = said.get("target-app").asText();
            user.put("id", idOf(name)).put("displayName", name).put("type", "ServicePrincipal");
        } else if (!said.path("no-target").asBoolean()) {
            Person person = cast.person(said.path("target").asText("victim"));
            boolean deleted = activity.equals("Delete user") || activity.equals("Hard Delete user");
            String prefix = deleted ? person.id().replace("-", "") : "";
            user.put("id", person.id()).putNull("displayName").put("type", "User");
            user.put("userPrincipalName", prefix + person.principalName());
        } else {
            user.put("id", tenant.id()).put("displayName", tenant.domain()).put("type", "Directory");
        }
        if (activity.equals("Add user") && said.path("complete").asBoolean(true)) {
            change(changes, "EmployeeId", null, MAPPER.getNodeFactory().textNode("104217"));
            change(changes, "Department", null, MAPPER.getNodeFactory().textNode("Sales"));
        }
        if (activity.equals("Add user") && said.path("actor").asText().equals("sync")) {
            change(changes, "Action Client Name", null, MAPPER.getNodeFactory().textNode("DirectorySync"));
        }
        said.path("changes")
                .properties()
                .forEach(change -> change(
                        changes,
                        change.getKey(),
                        change.getValue().get(0),
                        change.getValue().get(1)));
        concerned(
                targets,
                changes,
                "Role",
                said.path("role").asText(),
                said.path("template").asText());
        concerned(targets, changes, "Group", said.path("group").asText(), "");
        user.set("modifiedProperties", changes);
        return targets;
    }

    /** A role or a group that somebody joins. */
    private static void concerned(ArrayNode targets, ArrayNode changes, String type, String name, String template) {
        if (name.isEmpty()) {
            return;
        }
        quoted(changes, type + ".ObjectID", idOf(name));
        quoted(changes, type + ".DisplayName", name);
        if (!template.isEmpty()) {
            quoted(changes, type + ".TemplateId", template);
        }
        ObjectNode target = targets.addObject();
        target.put("id", idOf(name)).putNull("displayName").put("type", type).putNull("userPrincipalName");
        target.putArray("modifiedProperties");
    }

    private static void quoted(ArrayNode changes, String name, String value) {
        changes.addObject().put("displayName", name).putNull("oldValue").put("newValue", "\"" + value + "\"");
    }

    private static void change(
            ArrayNode changes,
            String name,
            @org.jspecify.annotations.Nullable JsonNode before,
            @org.jspecify.annotations.Nullable JsonNode after) {
        ObjectNode change = changes.addObject().put("displayName", name);
        change.put("oldValue", before == null || before.isNull() ? null : "[" + before + "]");
        change.put("newValue", after == null || after.isNull() ? null : "[" + after + "]");
    }

    private static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }
}
