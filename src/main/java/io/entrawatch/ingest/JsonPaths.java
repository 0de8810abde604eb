package io.entrawatch.ingest;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;

/** The tree of JSON keys that lead to wanted fields. What is not in it is skipped without being read. */
final class JsonPaths {

    /** How the objects of a list are read: each by itself, because its values belong together. */
    enum Elements {
        MERGED,
        TARGETS,
        PROPERTIES,
        AUTHENTICATION_STEPS
    }

    /** A key on the way. Not thread-safe: it remembers the spellings it has met. */
    static final class Key {

        private static final int MOST_SPELLINGS = 1_000;
        private static final Key UNWANTED = new Key();

        private final Map<String, Key> children = new HashMap<>();
        private final Map<String, Key> spellings = new HashMap<>();
        private int field = -1;
        private int written = -1;
        private Elements elements = Elements.MERGED;

        /** The key under this name in any case, or null where nothing below it is wanted. */
        @Nullable
        Key child(String name) {
            Key known = spellings.get(name);
            if (known == null) {
                known = children.getOrDefault(name.toLowerCase(Locale.ROOT), UNWANTED);
                if (spellings.size() < MOST_SPELLINGS) {
                    spellings.put(name, known);
                }
            }
            return known == UNWANTED ? null : known;
        }

        /** The {@link Field#ordinal()} of the field that wants the JSON text of what is here, or -1. */
        int written() {
            return written;
        }

        /** The {@link Field#ordinal()} of the value here, or -1 where only the keys below it lead to values. */
        int field() {
            return field;
        }

        boolean hasChildren() {
            return !children.isEmpty();
        }

        Elements elements() {
            return elements;
        }

        private Key childToBe(String name) {
            return children.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Key());
        }
    }

    private static final String UPN_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

    /** Fields that keep objects and lists as they are written. */
    private static final Set<Field> WRITTEN =
            EnumSet.of(Field.TARGETS_JSON, Field.ACTOR_JSON, Field.DETAILS_JSON, Field.NETWORK_JSON);

    private JsonPaths() {}

    /** The tree for some fields; fields that are derived have no path and add nothing. */
    static Key treeOf(Set<Field> wanted) {
        Key root = new Key();
        for (Field field : wanted) {
            for (String path : field.paths()) {
                Key key = root;
                for (String name : path.split("\\.")) {
                    key = key.childToBe(name);
                }
                if (WRITTEN.contains(field)) {
                    key.written = field.ordinal();
                } else {
                    key.field = field.ordinal();
                }
            }
        }
        if (wanted.contains(Field.AZURE_CALLER)) {
            // Names of claims have dots of their own.
            Key claims = root.childToBe("identity").childToBe("claims");
            claims.childToBe(UPN_CLAIM).field = Field.AZURE_CALLER.ordinal();
            root.childToBe("claims").childToBe(UPN_CLAIM).field = Field.AZURE_CALLER.ordinal();
        }
        Key targets = root.childToBe("targetResources");
        targets.elements = Elements.TARGETS;
        targets.childToBe("modifiedProperties").elements = Elements.PROPERTIES;
        root.childToBe("authenticationDetails").elements = Elements.AUTHENTICATION_STEPS;
        return root;
    }
}
