package io.entrawatch.ingest;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;

import static io.entrawatch.event.Field.PRIMARY_FACTOR_ACCEPTED;
import static io.entrawatch.event.Field.STEP_METHOD;
import static io.entrawatch.event.Field.STEP_REQUIREMENT;
import static io.entrawatch.event.Field.STEP_SUCCEEDED;
import static io.entrawatch.event.Field.TARGET_ID;
import static io.entrawatch.event.Field.TARGET_NAME;
import static io.entrawatch.event.Field.TARGET_PRINCIPAL_NAME;
import static io.entrawatch.event.Field.TARGET_TYPE;

/** What is kept of lists whose objects hold values that belong together. */
final class ListedObjects {

    private static final Field[] OF_A_TARGET = {TARGET_ID, TARGET_NAME, TARGET_PRINCIPAL_NAME, TARGET_TYPE};

    private ListedObjects() {}

    /** Keeps the first target that is a user; until one comes, the first target. */
    static void keepTarget(FieldValues target, FieldValues into) {
        boolean isUser = "User".equalsIgnoreCase(target.first(TARGET_TYPE));
        boolean hasUser = "User".equalsIgnoreCase(into.first(TARGET_TYPE));
        boolean hasAny = into.has(TARGET_ID) || into.has(TARGET_TYPE);
        if (hasAny && (hasUser || !isUser)) {
            return;
        }
        for (Field field : OF_A_TARGET) {
            into.set(field, target.first(field));
        }
    }

    /** A first factor counts where its step says so, or where it is a password. */
    static void keepAuthenticationStep(FieldValues step, FieldValues into) {
        if (!"true".equalsIgnoreCase(step.first(STEP_SUCCEEDED))) {
            return;
        }
        String requirement = step.first(STEP_REQUIREMENT);
        boolean primary = requirement != null
                && requirement.toLowerCase(java.util.Locale.ROOT).contains("primary");
        if (primary || "Password".equalsIgnoreCase(step.first(STEP_METHOD))) {
            into.set(PRIMARY_FACTOR_ACCEPTED, "true");
        }
    }
}
