package io.entrawatch.ingest.json;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;

import static io.entrawatch.event.Field.CHANGES;
import static io.entrawatch.event.Field.GROUP;
import static io.entrawatch.event.Field.PRIMARY_FACTOR_ACCEPTED;
import static io.entrawatch.event.Field.PRIMARY_METHOD;
import static io.entrawatch.event.Field.PROPERTY_NAME;
import static io.entrawatch.event.Field.PROPERTY_NEW;
import static io.entrawatch.event.Field.PROPERTY_OLD;
import static io.entrawatch.event.Field.ROLE;
import static io.entrawatch.event.Field.STEP_METHOD;
import static io.entrawatch.event.Field.STEP_REQUIREMENT;
import static io.entrawatch.event.Field.STEP_RESULTS;
import static io.entrawatch.event.Field.STEP_SUCCEEDED;
import static io.entrawatch.event.Field.TARGETS_ID;
import static io.entrawatch.event.Field.TARGETS_NAME;
import static io.entrawatch.event.Field.TARGETS_PRINCIPAL_NAME;
import static io.entrawatch.event.Field.TARGETS_TYPE;
import static io.entrawatch.event.Field.TARGET_ID;
import static io.entrawatch.event.Field.TARGET_NAME;
import static io.entrawatch.event.Field.TARGET_PRINCIPAL_NAME;
import static io.entrawatch.event.Field.TARGET_TYPE;

/** What is kept of lists whose objects hold values that belong together. */
public final class ListedObjects {

    /** Each further one copies those before it; no real record has a tenth as many. */
    private static final int MOST_VALUES = 10_000;

    private static final Field[] OF_A_TARGET = {TARGET_ID, TARGET_NAME, TARGET_PRINCIPAL_NAME, TARGET_TYPE};

    /** The fields that hold what all targets have in one of these. */
    private static final Map<Field, Field> OF_EACH_TARGET = new EnumMap<>(Map.of(
            TARGETS_ID, TARGET_ID,
            TARGETS_NAME, TARGET_NAME,
            TARGETS_PRINCIPAL_NAME, TARGET_PRINCIPAL_NAME,
            TARGETS_TYPE, TARGET_TYPE));

    private static final Field[] OF_ALL_TARGETS = {PROPERTY_NAME, PROPERTY_OLD, PROPERTY_NEW, CHANGES, ROLE, GROUP};

    /** The properties that name a role, in the records of the directory and of Privileged Identity Management. */
    private static final Set<String> OF_ROLES = Set.of(
            "Role.ObjectID",
            "Role.DisplayName",
            "Role.TemplateId",
            "Role.WellKnownObjectName",
            "TemplateId",
            "RoleDefinitionOriginId");

    /** Those of them that are the same in the records of both. */
    private static final Set<String> OF_TEMPLATES = Set.of("Role.TemplateId", "TemplateId", "RoleDefinitionOriginId");

    private static final Set<String> OF_GROUPS = Set.of("Group.ObjectID", "Group.DisplayName");

    /** Whom something was done to comes before what it was done with, and Other names what there may not be. */
    private static final Map<String, Integer> RANKS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private static final int RANK_OF_OTHERS = 2;

    static {
        RANKS.put("User", 5);
        RANKS.put("ServicePrincipal", 4);
        RANKS.put("Application", 4);
        RANKS.put("Group", 3);
        RANKS.put("Role", 1);
        RANKS.put("Request", 1);
        RANKS.put("Directory", 1);
        RANKS.put("Other", 0);
    }

    private ListedObjects() {}

    /** Those of some fields that hold the values of all targets. */
    public static Field[] ofEachTarget(Set<Field> wanted) {
        return wanted.stream().filter(OF_EACH_TARGET::containsKey).toArray(Field[]::new);
    }

    /** The field of one target whose values another holds of all; of others the field itself. */
    public static Field ofOneTarget(Field field) {
        return OF_EACH_TARGET.getOrDefault(field, field);
    }

    /**
     * Keeps the target that it is about: the first of the highest rank. Privileged Identity Management lists the role and
     * its request before whoever is given the role.
     *
     * @param ofEach the fields that hold the values of all targets, as far as they are wanted
     */
    public static void keepTarget(FieldValues target, FieldValues into, EachTarget ofEach)
            throws RejectedRecordException {
        for (Field field : OF_ALL_TARGETS) {
            addAll(target, field, into);
        }
        addNames(target, into);
        boolean hasAny = into.has(TARGET_ID) || into.has(TARGET_TYPE);
        boolean isNext = hasAny && rank(target) <= rank(into);
        for (Field field : ofEach.fields()) {
            addOnce(into, field, target.first(ofOneTarget(field)), ofEach, !isNext);
        }
        if (isNext) {
            return;
        }
        for (Field field : OF_A_TARGET) {
            into.set(field, target.first(field));
        }
    }

    private static int rank(FieldValues target) {
        String type = target.first(TARGET_TYPE);
        return type == null ? RANK_OF_OTHERS : RANKS.getOrDefault(type, RANK_OF_OTHERS);
    }

    /** Roles and groups are targets themselves in some records. */
    private static void addNames(FieldValues target, FieldValues into) throws RejectedRecordException {
        String type = target.first(TARGET_TYPE);
        // A group that joins another one has the name of the other among its properties.
        boolean isGroup = "Group".equalsIgnoreCase(type) && !target.has(GROUP);
        Field names = "Role".equalsIgnoreCase(type) ? ROLE : isGroup ? GROUP : null;
        if (names != null) {
            add(into, names, target.first(TARGET_ID));
            add(into, names, target.first(TARGET_NAME));
        }
    }

    /** Keeps a changed property of a target: as it is, in words, and where it names a role or a group. */
    public static void keepProperty(FieldValues property, FieldValues into) throws RejectedRecordException {
        String name = property.first(PROPERTY_NAME);
        if (name == null) {
            return;
        }
        String before = PropertyText.of(property.first(PROPERTY_OLD));
        String after = PropertyText.of(property.first(PROPERTY_NEW));
        add(into, PROPERTY_NAME, name);
        add(into, PROPERTY_OLD, property.first(PROPERTY_OLD));
        add(into, PROPERTY_NEW, property.first(PROPERTY_NEW));
        add(into, CHANGES, name + ": " + before + " -> " + after);
        String value = after.isEmpty() ? before : after;
        if (OF_ROLES.contains(name)) {
            add(into, ROLE, value);
            if (OF_TEMPLATES.contains(name) && !value.isEmpty()) {
                bringToFront(into.all(ROLE), value);
            }
        } else if (OF_GROUPS.contains(name)) {
            add(into, GROUP, value);
        }
    }

    /** The first value stands for the others where a detection groups by the role, or counts targets. */
    private static void bringToFront(String @Nullable [] values, String value) {
        int at = lastOf(values, value);
        if (values != null && at > 0) {
            System.arraycopy(values, 0, values, 1, at);
            values[0] = value;
        }
    }

    static int lastOf(String @Nullable [] values, String value) {
        int at = values == null ? -1 : values.length - 1;
        while (values != null && at >= 0 && !value.equals(values[at])) {
            at--;
        }
        return at;
    }

    /** What several have is kept once, so that an event has no group twice. */
    private static void addOnce(FieldValues into, Field field, @Nullable String value, EachTarget ofEach, boolean first)
            throws RejectedRecordException {
        if (value == null || value.isEmpty()) {
            return;
        }
        String[] before = into.all(field);
        if (before == null || ofEach.isNew(field, before, value)) {
            add(into, field.ordinal(), value);
        }
        if (first) {
            bringToFront(into.all(field), value);
        }
    }

    private static void addAll(FieldValues from, Field field, FieldValues into) throws RejectedRecordException {
        String[] values = from.all(field);
        if (values != null) {
            for (String value : values) {
                add(into, field, value);
            }
        }
    }

    private static void add(FieldValues into, Field field, @Nullable String value) throws RejectedRecordException {
        if (value != null && !value.isEmpty()) {
            add(into, field.ordinal(), value);
        }
    }

    /** Adds one more value to those of a field. */
    public static void add(FieldValues into, int field, String value) throws RejectedRecordException {
        String[] before = into.values[field];
        if (before != null && before.length == MOST_VALUES) {
            throw new RejectedRecordException(
                    "too-many-values",
                    Field.values()[field].label() + ": more than " + MOST_VALUES + " values in one record");
        }
        into.add(field, value);
    }

    /** A first factor counts where its step says so, or where it is a password. */
    static void keepAuthenticationStep(FieldValues step, FieldValues into) throws RejectedRecordException {
        add(into, STEP_RESULTS, step.first(STEP_RESULTS));
        if (!"true".equalsIgnoreCase(step.first(STEP_SUCCEEDED))) {
            return;
        }
        String requirement = step.first(STEP_REQUIREMENT);
        if ("Previously satisfied".equalsIgnoreCase(step.first(STEP_METHOD))) {
            // A token told of it; nobody gave a factor now.
            return;
        }
        boolean primary =
                requirement != null && requirement.toLowerCase(Locale.ROOT).contains("primary");
        if (primary || "Password".equalsIgnoreCase(step.first(STEP_METHOD))) {
            into.set(PRIMARY_FACTOR_ACCEPTED, "true");
            add(into, PRIMARY_METHOD, step.first(STEP_METHOD));
        }
    }
}
