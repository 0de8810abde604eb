package io.entrawatch.ingest;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.ingest.json.ListedObjects;

/** Adds the wanted fields that follow from other fields of the same record. */
final class DerivedFields {

    /** A guest's name in the tenant is made of the address at home: anna_fabrikam.example#EXT#@contoso.example. */
    private static final String GUEST = "#EXT#@";

    private static final Detail INVITED = new Detail("InvitedUserEmailAddress");

    /** Who is invited anew with another address keeps the name of the account, which belongs to that address from then on. */
    private static final Set<String> INVITATIONS = Set.of(
            "invite external user",
            "invite external user with reset invitation status",
            "invite internal user to b2b collaboration",
            "redeem external user invite");

    private final Set<Field> wanted;
    private final Addresses addresses;
    private final Field[] ofEachTarget;

    DerivedFields(Set<Field> wanted, Addresses addresses) {
        this.addresses = addresses;
        this.wanted = EnumSet.copyOf(wanted);
        this.ofEachTarget = ListedObjects.ofEachTarget(wanted);
    }

    void add(LogKind kind, FieldValues fields) {
        if (kind == LogKind.AUDIT) {
            addActor(fields);
            String name = fields.first(Field.TARGET_PRINCIPAL_NAME);
            boolean isNamed = name != null && !name.isEmpty();
            String invited = isNamed && !isInvitation(fields) ? null : INVITED.in(fields.first(Field.DETAILS_JSON));
            nameInsteadOfId(fields, Field.TARGET_ID, isNamed ? name : invited);
            // Where no target has an id, the name that stands for it is there as well.
            for (Field field : ofEachTarget) {
                if (!fields.has(field)) {
                    fields.set(field, fields.first(ListedObjects.ofOneTarget(field)));
                }
            }
            addAll(fields, Field.TARGET, Field.TARGET_ID, Field.TARGET_PRINCIPAL_NAME);
            addAddress(invited == null ? addressOf(name) : invited, fields, Field.TARGET_EMAIL, Field.TARGET_DOMAIN);
        } else {
            addAccount(kind, fields);
        }
        if (wanted.contains(Field.SOURCE_NETWORK)) {
            fields.set(
                    Field.SOURCE_NETWORK,
                    addresses.of(fields.first(Field.IP_ADDRESS)).network());
        }
    }

    private void addAccount(LogKind kind, FieldValues fields) {
        if (kind == LogKind.ROLE_ASSIGNMENT || kind == LogKind.AZURE_ROLE_ASSIGNMENT) {
            addAll(fields, Field.USER, Field.PRINCIPAL_ID, Field.PRINCIPAL_NAME);
            addAll(fields, Field.ROLE, Field.ROLE_ID, Field.ROLE_NAME);
            addRoleOfPath(fields);
            addAddress(addressOf(fields.first(Field.PRINCIPAL_NAME)), fields, Field.USER_EMAIL, Field.USER_DOMAIN);
            return;
        }
        if (!fields.has(Field.STEP_RESULTS)) {
            // Where no step says what came of it, the status does.
            addAll(fields, Field.STEP_RESULTS, Field.STATUS_DETAILS);
        }
        String user = fields.first(Field.USER_PRINCIPAL_NAME);
        nameInsteadOfId(fields, Field.USER_ID, user);
        addAll(fields, Field.USER, Field.USER_ID, Field.USER_PRINCIPAL_NAME);
        addAddress(addressOf(user), fields, Field.USER_EMAIL, Field.USER_DOMAIN);
        if (wanted.contains(Field.PLACE_NAME)) {
            String city = fields.first(Field.CITY);
            String country = fields.first(Field.COUNTRY);
            boolean named = city != null && !city.isEmpty() && country != null && !country.isEmpty();
            fields.set(Field.PLACE_NAME, named ? city + ", " + country : null);
        }
        addAll(fields, Field.APP, Field.APP_ID, Field.APP_NAME, Field.RESOURCE_ID, Field.RESOURCE_NAME);
    }

    /** Azure tells the id of a role at the end of a path, and lists of the organization have the id alone. */
    private void addRoleOfPath(FieldValues fields) {
        String path = fields.first(Field.ROLE_ID);
        int slash = path == null ? -1 : path.lastIndexOf('/');
        if (path != null && slash >= 0 && wanted.contains(Field.ROLE)) {
            fields.add(Field.ROLE.ordinal(), path.substring(slash + 1));
        }
    }

    /** Where there is no account, or its id was left out, its name stands for it, so that nothing passes unseen. */
    private static void nameInsteadOfId(FieldValues fields, Field id, @Nullable String name) {
        String own = fields.first(id);
        if ((own == null || own.isEmpty()) && name != null && !name.isEmpty()) {
            fields.set(id, name.toLowerCase(Locale.ROOT));
        }
    }

    private void addAll(FieldValues fields, Field into, Field... from) {
        if (!wanted.contains(into)) {
            return;
        }
        List<String> values = new ArrayList<>(from.length);
        for (Field field : from) {
            String value = fields.first(field);
            if (value != null && !value.isEmpty()) {
                values.add(value);
            }
        }
        fields.setAll(into, values);
    }

    /** An application may be named like a person, but must not pass for one. */
    private void addActor(FieldValues fields) {
        addAll(
                fields,
                Field.ACTOR,
                Field.ACTOR_ID,
                Field.ACTOR_PRINCIPAL_NAME,
                Field.ACTOR_SERVICE_PRINCIPAL_ID,
                Field.ACTOR_APP_ID);
        for (Field name : new Field[] {Field.ACTOR_SERVICE_PRINCIPAL_NAME, Field.ACTOR_APP_NAME}) {
            String value = fields.first(name);
            if (wanted.contains(Field.ACTOR) && value != null && !value.isEmpty() && value.indexOf('@') < 0) {
                fields.add(Field.ACTOR.ordinal(), value);
            }
        }
    }

    private static boolean isInvitation(FieldValues fields) {
        String activity = fields.first(Field.ACTIVITY);
        return activity != null && INVITATIONS.contains(activity.toLowerCase(Locale.ROOT));
    }

    private void addAddress(@Nullable String address, FieldValues fields, Field email, Field domain) {
        if (!wanted.contains(email) && !wanted.contains(domain)) {
            return;
        }
        int at = address == null ? -1 : address.lastIndexOf('@');
        fields.set(email, address);
        fields.set(domain, address == null || at < 0 ? null : address.substring(at + 1));
    }

    private static @Nullable String addressOf(@Nullable String principalName) {
        if (principalName == null || principalName.indexOf('#') < 0) {
            return principalName;
        }
        int end = principalName.length();
        do {
            end = principalName.lastIndexOf('#', end - 1);
        } while (end >= 0 && !principalName.regionMatches(true, end, GUEST, 0, GUEST.length()));
        int at = principalName.lastIndexOf('_', end);
        return at > 0 && at < end - 1
                ? principalName.substring(0, at) + "@" + principalName.substring(at + 1, end)
                : principalName;
    }
}
