package io.entrawatch.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.LogKind;
import io.entrawatch.ingest.json.Json;
import io.entrawatch.ingest.json.JsonCursor;
import io.entrawatch.ingest.json.JsonRecord;
import io.entrawatch.ingest.json.RejectedRecordException;
import io.entrawatch.ingest.json.Utf8;

import static io.entrawatch.ingest.DeadLetters.UNOPENED;
import static io.entrawatch.ingest.DeadLetters.dead;

/**
 * Reads the records of a message or a line: each becomes an event or a dead letter, whatever is wrong with it. Not
 * thread-safe.
 */
final class LogReader implements Closeable {

    private static final byte[] CLOSING = {']'};

    private final Decoding decoding;
    private final Json json;
    private final JsonCursor cursor = new JsonCursor();
    private final JsonRecord record;
    private final @Nullable Places places;
    private final EventAssembler assembler;

    LogReader(Decoding decoding) {
        this.decoding = decoding;
        this.json = new Json(decoding.largestRecord());
        this.record = new JsonRecord(decoding.fields(), json);
        String database = decoding.geoip();
        this.places = decoding.wanted().places() ? Places.with(database == null ? null : Path.of(database)) : null;
        Addresses addresses = new Addresses();
        this.assembler = new EventAssembler(
                decoding.defaultTenant(),
                places,
                json,
                addresses,
                new DerivedFields(decoding.fields(), addresses),
                new TimesInOneForm(decoding.wanted().fields()),
                decoding.live() ? FutureDates.after(System::currentTimeMillis) : FutureDates.none());
    }

    int largestRecord() {
        return decoding.largestRecord();
    }

    /**
     * Reads the record that begins the first of some lines, up to {@link #position}; null where that is not one record and
     * nothing wrong with it, and has to be read as what it is.
     */
    @Nullable
    Decoded readRecord(byte[] bytes, int from, int end) {
        try {
            cursor.resetToLines(bytes, from, end - from);
            boolean isRecord =
                    cursor.value() == JsonCursor.Token.OBJECT && record.read(cursor) == JsonRecord.Shape.RECORD;
            int length = cursor.position() - from;
            return isRecord && length <= decoding.largestRecord()
                    ? Decoded.of(assembleObject(bytes, from, length))
                    : null;
        } catch (RejectedRecordException e) {
            return null;
        }
    }

    /** Behind what was read last. */
    int position() {
        return cursor.position();
    }

    /** Reads a message of one or several values one after the other, each a record or a list of records. */
    void read(String source, String position, byte[] bytes, int offset, int length, Consumer<Decoded> out) {
        int end = offset + length;
        int from = skipBlanks(bytes, offset + Utf8.lengthOfMark(bytes, offset, length), end);
        if (from == end) {
            out.accept(dead("empty", "an empty message", source, position, bytes, offset, length));
        }
        for (int number = 1; from < end; number++) {
            String place = number == 1 ? position : position + " record " + number;
            int next = end - from > decoding.largestRecord() && begins(bytes, from, end)
                    ? readLarge(source, place, bytes, from, end, out)
                    : readValue(source, place, bytes, from, end, out);
            from = beginOfNext(bytes, next, end);
        }
    }

    /** As {@link #readValue}, of what is larger than a record may be: a list, a record with others behind it, or a record. */
    private int readLarge(String source, String place, byte[] bytes, int from, int end, Consumer<Decoded> out) {
        if (JsonElements.hasList(bytes, from, end - from)) {
            readList(source, place, bytes, from, end - from, true, out);
            return end;
        }
        int next = JsonElements.endOfObject(bytes, from, end);
        if (next - from > decoding.largestRecord()) {
            out.accept(tooLarge(source, place, bytes, from, next - from));
            return next;
        }
        return readValue(source, place, bytes, from, next, out);
    }

    /** Reads the value that begins here, or the list and all that follows it; gives the place behind. */
    private int readValue(String source, String place, byte[] bytes, int from, int end, Consumer<Decoded> out) {
        try {
            cursor.reset(bytes, from, end - from);
            JsonCursor.Token token = cursor.value();
            if (isList(token)) {
                readList(source, place, bytes, from, end - from, true, out);
                return end;
            }
            int next = cursor.position();
            out.accept(assemble(token, source, place, bytes, from, next - from));
            return next;
        } catch (RejectedRecordException e) {
            int next = bytes[from] == '{'
                    ? JsonElements.endOfObject(bytes, from, end)
                    : beforeNextLineOfJson(bytes, from, end);
            out.accept(dead(e, source, place, bytes, from, next - from));
            return next;
        }
    }

    /** Whether the value that was begun is a list of records, or an object that holds one; another object is read. */
    private boolean isList(JsonCursor.Token token) throws RejectedRecordException {
        return token == JsonCursor.Token.LIST
                || (token == JsonCursor.Token.OBJECT && record.read(cursor) == JsonRecord.Shape.WRAPPER);
    }

    /** Of what is no object nobody knows where it ends, if not before a line on which another value begins. */
    private static int beforeNextLineOfJson(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == '\n' && begins(bytes, at + 1 + Utf8.lengthOfMark(bytes, at + 1, end - at - 1), end)) {
                return at;
            }
        }
        return end;
    }

    /** Behind blanks, and behind the mark with which some writers begin each line. */
    private static int beginOfNext(byte[] bytes, int from, int end) {
        int next = skipBlanks(bytes, from, end);
        int mark = Utf8.lengthOfMark(bytes, next, end - next);
        return mark == 0 ? next : skipBlanks(bytes, next + mark, end);
    }

    private static boolean begins(byte[] bytes, int at, int end) {
        return at < end && (bytes[at] == '{' || bytes[at] == '[');
    }

    private static int skipBlanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && JsonElements.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    /** Reads the elements of a list, and the values after it. */
    private void readList(
            String source,
            String position,
            byte[] bytes,
            int offset,
            int length,
            boolean mayHoldLists,
            Consumer<Decoded> out) {
        JsonElements elements = new JsonElements(bytes, offset, length);
        try {
            elements.enter();
            do {
                while (elements.next()) {
                    readElement(source, position + " record " + elements.number(), elements, mayHoldLists, out);
                }
                if (!elements.isClosed()) {
                    out.accept(dead(
                            "truncated", "the list of records has no end", source, position, bytes, offset, length));
                    return;
                }
            } while (elements.leave());
            readNext(source, position, elements, out);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    /** Reads what comes behind a list, and behind brackets that close none. */
    private void readNext(String source, String position, JsonElements elements, Consumer<Decoded> out)
            throws IOException {
        do {
            while (elements.next()) {
                readValue(source, position + " record " + elements.number(), elements, out);
            }
            if (elements.isClosed()) {
                out.accept(dead("not-json", UNOPENED, source, position, CLOSING, 0, CLOSING.length));
            }
        } while (elements.isClosed());
    }

    /** Reads one value of a stream that is being cut up: a record, or a list of records. */
    void readValue(String source, String position, JsonElements elements, Consumer<Decoded> out) {
        if (elements.isCutOff()) {
            out.accept(tooLarge(source, position, elements.bytes(), 0, elements.length()));
        } else {
            read(source, position, elements.bytes(), 0, elements.length(), out);
        }
    }

    /** Reads one element of a list that is being cut up: a record, or an object that holds a list of records. */
    void readElement(String source, String position, JsonElements elements, Consumer<Decoded> out) {
        readElement(source, position, elements, true, out);
    }

    private void readElement(
            String source, String position, JsonElements elements, boolean mayHoldLists, Consumer<Decoded> out) {
        if (elements.isCutOff()) {
            out.accept(tooLarge(source, position, elements.bytes(), 0, elements.length()));
            return;
        }
        byte[] bytes = elements.bytes();
        int length = elements.length();
        if (length > decoding.largestRecord()) {
            if (mayHoldLists && JsonElements.hasList(bytes, 0, length)) {
                readList(source, position, bytes, 0, length, false, out);
            } else {
                out.accept(tooLarge(source, position, bytes, 0, length));
            }
            return;
        }
        try {
            cursor.reset(bytes, 0, length);
            JsonCursor.Token token = cursor.value();
            if (isList(token)) {
                if (mayHoldLists) {
                    readList(source, position, bytes, 0, length, false, out);
                } else {
                    out.accept(dead("unknown-form", "lists in lists of lists", source, position, bytes, 0, length));
                }
                return;
            }
            out.accept(assemble(token, source, position, bytes, 0, length));
        } catch (RejectedRecordException e) {
            out.accept(dead(e, source, position, bytes, 0, length));
        }
    }

    /** Reads a row of the portal's CSV, whose columns were read into fields. */
    Decoded readRow(String source, String position, LogKind kind, FieldValues row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > decoding.largestRecord()) {
            return tooLarge(source, position, bytes, 0, bytes.length);
        }
        try {
            return Decoded.of(assembler.ofRow(kind, row, RecordIds.of(bytes, 0, bytes.length)));
        } catch (RejectedRecordException e) {
            return dead(e, source, position, bytes, 0, bytes.length);
        }
    }

    private Decoded assemble(
            JsonCursor.Token token, String source, String position, byte[] bytes, int offset, int length) {
        if (token != JsonCursor.Token.OBJECT) {
            String what = token.name().toLowerCase(Locale.ROOT);
            return dead("not-an-object", what + " (expected: an object)", source, position, bytes, offset, length);
        }
        try {
            return Decoded.of(assembleObject(bytes, offset, length));
        } catch (RejectedRecordException e) {
            return dead(e, source, position, bytes, offset, length);
        }
    }

    private EntraEvent assembleObject(byte[] bytes, int offset, int length) throws RejectedRecordException {
        EntraEvent event = assembleFields(bytes, offset, length);
        if (keepsText(event.kind())) {
            keepText(event, bytes, offset, length);
        }
        return event;
    }

    /** A second pass, which only rules that look for words anywhere make needed. */
    private void keepText(EntraEvent event, byte[] bytes, int offset, int length) throws RejectedRecordException {
        event.fields().values[Field.RECORD_TEXT.ordinal()] = json.scalars(bytes, offset, length);
    }

    /** The fields that are kept of records. */
    Set<Field> wanted() {
        return decoding.fields();
    }

    /** Whether the words of whole records are wanted. */
    boolean keepsText(LogKind kind) {
        return decoding.wanted().worded().contains(kind.source());
    }

    private EntraEvent assembleFields(byte[] bytes, int offset, int length) throws RejectedRecordException {
        FieldValues properties = record.inner();
        if (properties != null) {
            return assembler.ofDiagnosticRecord(
                    record.outer(), properties, RecordIds.ifNeeded(properties, bytes, offset, length));
        }
        if (record.propertiesAreNull() && !EventForms.isAzureActivity(record.outer())) {
            throw new RejectedRecordException("no-properties", "properties: no object (expected: the record's fields)");
        }
        return assembler.ofPlainRecord(record.outer(), RecordIds.ifNeeded(record.outer(), bytes, offset, length));
    }

    Decoded tooLarge(String source, String position, byte[] bytes, int offset, int length) {
        String detail = "the record is larger than " + decoding.largestRecord() + " bytes";
        return dead("too-large", detail, source, position, bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (places != null) {
            places.close();
        }
    }
}
