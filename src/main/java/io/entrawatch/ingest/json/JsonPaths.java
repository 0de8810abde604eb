package io.entrawatch.ingest.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
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

        /** More than any object of a record has keys. */
        private static final int SPELLINGS = 512;

        private static final int MOST_TRIES = 8;

        /** Of all stretches of a tree together, in bytes; names that are made up could have one each. */
        private static final int MOST_KEPT = 256 * 1024;

        /** How much all keys of a tree keep. */
        private static final class Kept {
            private int bytes;
        }

        /** A name as it is written, and what comes after it. */
        private static final class Spelling {
            private static final int MOST_PATIENCE = 1024;

            /** Where it was the same before. */
            private static final int USUAL_PATIENCE = 4;

            private final byte[] name;
            private final byte @Nullable [] guess;
            private final @Nullable Key key;

            /** Which one came next when this was met last, and mostly does again. */
            private @Nullable Spelling next;

            /** The one before that: some keys stand in a record and in its properties, before others. */
            private @Nullable Spelling other;

            /** What stood behind it, where nothing is wanted of that. */
            private @Nullable Stretch stretch;

            /** Whose values are in the stretch. */
            private Spelling[] passed = {};

            private final boolean ofRecords;
            private int misses;
            private int patience = 1;

            Spelling(byte[] name, byte @Nullable [] guess, @Nullable Key key, boolean ofRecords) {
                this.name = name;
                this.guess = guess;
                this.key = key;
                this.ofRecords = ofRecords;
            }

            static Spelling none() {
                return new Spelling(new byte[0], null, null, false);
            }

            /** Whether what stands there differs so often that it is to be looked at anew; ever less often, where it always does. */
            boolean isOutOfDate() {
                misses++;
                if (misses < patience) {
                    return false;
                }
                misses = 0;
                patience = Math.min(MOST_PATIENCE, patience * 2);
                return true;
            }
        }

        private final String name;
        private final Map<String, Key> children = new HashMap<>();
        private final @Nullable Spelling[] spellings = new Spelling[SPELLINGS];

        private Spelling last = Spelling.none();
        private final Kept inTree;
        private int kept;
        private int field = -1;
        private int written = -1;
        private boolean seldomRepeated;
        private boolean oneOfSeveral;
        private boolean behindOthers;
        private Elements elements = Elements.MERGED;
        private boolean wordsToo;
        private boolean takenApart;

        private Key(String name, Kept inTree) {
            this.name = name;
            this.inTree = inTree;
        }

        static Key root() {
            return new Key("", new Kept());
        }

        /** As it is written in Microsoft's own forms. */
        String name() {
            return name;
        }

        /** Whether some forms have words here where others have an object, such as the name of a person. */
        boolean hasWordsToo() {
            return wordsToo || field >= 0;
        }

        /** The name that comes next where this object is like others; null where there is none to guess. */
        byte @Nullable [] guess() {
            Spelling probable = last.next;
            return probable == null ? null : probable.guess;
        }

        /**
         * The key under the name that the cursor stands at, in any case; null where nothing below it is wanted. The cursor
         * came there with {@link #guess}.
         */
        @Nullable
        Key child(JsonCursor cursor) {
            Spelling here = last.next;
            if (here == null || !(cursor.isAsGuessed() || cursor.isText(here.name))) {
                here = last.other;
                if (here == null || !cursor.isText(here.name)) {
                    here = met(cursor);
                    last.other = last.next;
                    last.next = here;
                }
            }
            last = here;
            return here.key;
        }

        /** Whether a list under the last name is one of records. */
        boolean isAtRecords() {
            return last.ofRecords;
        }

        /**
         * Goes behind the value under the last name, of which nothing is wanted, and behind those that follow it, as far as all
         * are the same as before.
         */
        void skip(JsonCursor cursor) throws RejectedRecordException {
            Spelling first = last;
            int passed = first.stretch == null ? 0 : first.stretch.pass(cursor);
            if (passed > 0) {
                last = first.passed[passed - 1];
                first.misses = 0;
                first.patience = Spelling.USUAL_PATIENCE;
            } else if (first.isOutOfDate()) {
                skipAndRemember(first, cursor);
            } else {
                cursor.skip(cursor.value());
            }
        }

        private void skipAndRemember(Spelling first, JsonCursor cursor) throws RejectedRecordException {
            Stretch.Reader stretch = new Stretch.Reader(cursor);
            List<Spelling> names = new ArrayList<>();
            do {
                names.add(last);
                stretch.skipValue();
            } while (stretch.mayGoOn() && cursor.nextKey(guess()) && child(cursor) == null && !last.ofRecords);
            last = names.get(names.size() - 1);
            keep(first, stretch.end(), names);
        }

        private void keep(Spelling first, @Nullable Stretch stretch, List<Spelling> names) {
            count((stretch == null ? 0 : stretch.length()) - (first.stretch == null ? 0 : first.stretch.length()));
            first.stretch = stretch;
            first.passed = names.toArray(Spelling[]::new);
            if (inTree.bytes > MOST_KEPT) {
                forgetStretches();
            }
        }

        private void count(int bytes) {
            kept += bytes;
            inTree.bytes += bytes;
        }

        private void forgetStretches() {
            for (Spelling known : spellings) {
                if (known != null) {
                    known.stretch = null;
                }
            }
            count(-kept);
        }

        /** The name as it was met before, or is met now. */
        private Spelling met(JsonCursor cursor) {
            int hash = cursor.textHash();
            int slot = hash ^ (hash >>> 16);
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                slot = (slot + tries) & (SPELLINGS - 1);
                Spelling known = spellings[slot];
                if (known != null && cursor.isText(known.name)) {
                    return known;
                }
                if (known == null) {
                    spellings[slot] = spell(cursor);
                    return spellings[slot];
                }
            }
            // Keys that are made up, without end: all are forgotten, because each holds what came after it.
            Arrays.fill(spellings, null);
            last = Spelling.none();
            count(-kept);
            return spell(cursor);
        }

        private Spelling spell(JsonCursor cursor) {
            byte[] name = cursor.textBytes();
            String text = cursor.text();
            return new Spelling(
                    name,
                    cursor.isPlain() ? name : null,
                    children.get(text.toLowerCase(Locale.ROOT)),
                    JsonRecord.isNameOfList(text));
        }

        /** The {@link Field#ordinal()} of the field that wants the JSON text of what is here, or -1. */
        int written() {
            return written;
        }

        /** The {@link Field#ordinal()} of the value here, or -1 where only the keys below it lead to values. */
        int field() {
            return field;
        }

        /** True for names and times of single records. */
        boolean isSeldomRepeated() {
            return seldomRepeated;
        }

        /** Whether the value here may stand in other places as well, so that it may have been met. */
        boolean isOneOfSeveral() {
            return oneOfSeveral;
        }

        /** Whether the value counts only where the first of its places has none. */
        boolean isBehindOthers() {
            return behindOthers;
        }

        /** Whether a text here that is an object or a list is read as one: something below it is wanted, or each element. */
        boolean isTakenApart() {
            return takenApart;
        }

        Elements elements() {
            return elements;
        }

        private void leadTo(Field one, int place, int places) {
            field = one.ordinal();
            seldomRepeated = SELDOM_REPEATED.contains(one);
            oneOfSeveral = places > 1;
            behindOthers = place > 0;
        }

        Key childToBe(String name) {
            takenApart = true;
            return children.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new Key(name, inTree));
        }
    }

    private static final String UPN_CLAIM = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn";

    /** Fields that keep objects and lists as they are written. */
    private static final Set<Field> WRITTEN =
            EnumSet.of(Field.TARGETS_JSON, Field.ACTOR_JSON, Field.DETAILS_JSON, Field.NETWORK_JSON);

    private static final Set<Field> SELDOM_REPEATED = EnumSet.of(
            Field.ID,
            Field.CORRELATION_ID,
            Field.ENVELOPE_TIME,
            Field.CREATED_AT,
            Field.ACTIVITY_AT,
            Field.DETECTED_AT,
            Field.RISK_LAST_UPDATED_AT,
            Field.SESSION_ID,
            Field.REQUEST_ID);

    private JsonPaths() {}

    /** The tree for some fields; fields that are derived have no path and add nothing. */
    static Key treeOf(Set<Field> wanted) {
        Key root = Key.root();
        for (Field field : wanted) {
            List<String> places = field.paths();
            for (int place = 0; place < places.size(); place++) {
                Key key = root;
                for (String name : places.get(place).split("\\.", -1)) {
                    key = key.childToBe(name);
                }
                if (WRITTEN.contains(field)) {
                    key.written = field.ordinal();
                    // Nothing below it may be wanted, but a text of a list is to look like the list, and an empty one
                    // is none.
                    key.takenApart = true;
                } else {
                    key.leadTo(ListedObjects.ofOneTarget(field), place, places.size());
                }
                key.takenApart |= Field.LISTS_OF_TEXTS.contains(field);
            }
        }
        if (wanted.contains(Field.AZURE_CALLER)) {
            // Names of claims have dots of their own.
            Key claims = root.childToBe("identity").childToBe("claims");
            root.childToBe("caller").leadTo(Field.AZURE_CALLER, 0, 3);
            claims.childToBe(UPN_CLAIM).leadTo(Field.AZURE_CALLER, 1, 3);
            root.childToBe("claims").childToBe(UPN_CLAIM).leadTo(Field.AZURE_CALLER, 2, 3);
        }
        root.childToBe("identity").wordsToo = true;
        if (wanted.contains(Field.DETAILS_JSON)) {
            root.childToBe("additionalDetails").wordsToo = true;
        }
        readElements(Elements.TARGETS, root, "targetResources");
        readElements(Elements.PROPERTIES, root, "targetResources", "modifiedProperties");
        readElements(Elements.AUTHENTICATION_STEPS, root, "authenticationDetails");
        return root;
    }

    /** Of a list of which nothing is wanted nothing is read. */
    private static void readElements(Elements how, Key root, String... path) {
        Key list = root;
        for (String name : path) {
            list = list == null ? null : list.children.get(name.toLowerCase(Locale.ROOT));
        }
        if (list != null) {
            list.elements = how;
        }
    }
}
