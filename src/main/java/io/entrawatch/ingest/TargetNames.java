package io.entrawatch.ingest;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;

/** Takes the ids and names of an audit record's targets for what they stand for. */
final class TargetNames {

    /** What Privileged Identity Management writes where it names no object. */
    private static final String NOTHING = "00000000-0000-0000-0000-000000000001";

    /** Entra puts the object id before the name of a user who was deleted. */
    private static final int LENGTH_OF_OBJECT_ID = 32;

    private TargetNames() {}

    static void clean(FieldValues fields) {
        forgetNobody(fields, Field.TARGET_ID);
        forgetNobody(fields, Field.TARGETS_ID);
        takeNamesBare(fields, Field.TARGET_PRINCIPAL_NAME);
        takeNamesBare(fields, Field.TARGETS_PRINCIPAL_NAME);
    }

    private static void forgetNobody(FieldValues fields, Field ids) {
        String[] all = fields.all(ids);
        for (int i = 0; all != null && i < all.length; i++) {
            if (isNobody(all[i])) {
                fields.setAll(ids, others(all));
                return;
            }
        }
    }

    private static List<String> others(String[] all) {
        List<String> others = new ArrayList<>();
        for (String id : all) {
            if (!isNobody(id)) {
                others.add(id);
            }
        }
        return others;
    }

    private static boolean isNobody(@Nullable String id) {
        return EntraEvent.NOBODY.equals(id) || NOTHING.equals(id);
    }

    private static void takeNamesBare(FieldValues fields, Field names) {
        String[] all = fields.all(names);
        for (int i = 0; all != null && i < all.length; i++) {
            String bare = bare(all[i]);
            if (bare != null) {
                // Values that are read again and again are one array for all records.
                all = all.clone();
                all[i] = bare;
                fields.values[names.ordinal()] = all;
            }
        }
    }

    /** The name behind an object id; null where there is none before it. */
    private static @Nullable String bare(@Nullable String name) {
        if (name == null || name.length() <= LENGTH_OF_OBJECT_ID) {
            return null;
        }
        for (int i = 0; i < LENGTH_OF_OBJECT_ID; i++) {
            if (!HexFormat.isHexDigit(name.charAt(i))) {
                return null;
            }
        }
        int from = name.charAt(LENGTH_OF_OBJECT_ID) == '_' ? LENGTH_OF_OBJECT_ID + 1 : LENGTH_OF_OBJECT_ID;
        int at = name.indexOf('@', from + 1);
        return at > 0 && at < name.length() - 1 ? name.substring(from) : null;
    }
}
