package io.entrawatch.rule;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;

/** Events with a few fields, as the tests of rules need them. */
public final class Events {

    public static final String TENANT = "11111111-0000-4000-8000-000000000001";

    private Events() {}

    public static EntraEvent signIn() {
        return of(LogKind.SIGN_IN, TENANT);
    }

    public static EntraEvent audit() {
        return of(LogKind.AUDIT, TENANT);
    }

    public static EntraEvent of(LogKind kind, String tenant) {
        return new EntraEvent(kind, "event-1", 0, tenant, null, new FieldValues());
    }

    /** The event with one more field; several values are those of a list. */
    public static EntraEvent with(EntraEvent event, Field field, String... values) {
        FieldValues fields = new FieldValues();
        System.arraycopy(event.fields().values, 0, fields.values, 0, Field.COUNT);
        for (String value : values) {
            fields.add(field.ordinal(), value);
        }
        return new EntraEvent(event.kind(), event.id(), event.atMillis(), event.tenant(), event.place(), fields);
    }

    /** A sign-in from an application of this name. */
    public static EntraEvent from(String... apps) {
        return with(signIn(), Field.APP_NAME, apps);
    }
}
