package io.entrawatch.alert;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EventSummary;

import static io.entrawatch.alert.EcsJson.writeObject;
import static io.entrawatch.alert.EcsJson.writeText;

/**
 * To what something was done, where the common schema has a place for it: {@code user.target}, {@code group} and
 * {@code service.target}. Of a role, a policy or a device only the evidence tells.
 */
final class EcsTarget {

    private EcsTarget() {}

    /** Whether it is a user: also where nothing tells what it is, and where it is something that has a name as users have. */
    static boolean isUser(EventSummary event) {
        String target = event.target();
        if (event.targetId() == null && target == null) {
            return false;
        }
        String type = event.targetType();
        return type == null
                || type.equalsIgnoreCase("User")
                || (target != null && target.indexOf('@') > 0 && !isGroup(type) && !isApplication(type));
    }

    private static boolean isGroup(@Nullable String type) {
        return "Group".equalsIgnoreCase(type);
    }

    private static boolean isApplication(@Nullable String type) {
        return "ServicePrincipal".equalsIgnoreCase(type) || "Application".equalsIgnoreCase(type);
    }

    /** The group, and the application: the one it was done with, and the one that it was done to. */
    static void write(JsonGenerator json, EventSummary event) throws IOException {
        boolean application = isApplication(event.targetType());
        if (isGroup(event.targetType())) {
            writeObject(json, "group", () -> writeIdAndName(json, event));
        }
        if (event.app() != null || application) {
            writeObject(json, "service", () -> {
                writeText(json, "name", event.app());
                if (application) {
                    writeObject(json, "target", () -> writeIdAndName(json, event));
                }
            });
        }
    }

    private static void writeIdAndName(JsonGenerator json, EventSummary event) throws IOException {
        writeText(json, "id", event.targetId());
        writeText(json, "name", event.target());
    }
}
