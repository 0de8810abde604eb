package io.entrawatch.ingest;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.ingest.json.RejectedRecordException;
import io.entrawatch.ingest.json.Utf8;

import static io.entrawatch.ingest.DeadLetters.UNOPENED;
import static io.entrawatch.ingest.DeadLetters.dead;

/**
 * The records of one file, one after the other. What the file is, is told by its first bytes: compressed or not, lines
 * of JSON, one JSON list, or the portal's CSV.
 */
final class LogFile implements Closeable {

    private static final int SNIFFED = 64 * 1024;

    /** A list of records may be larger than one of them: a page of Graph has up to a thousand. */
    private static final int LARGEST_LIST = 16 * 1024 * 1024;

    /** How many times larger than a record a value may be, so that what follows it can be read. */
    private static final int LARGEST_OF_CSV = 4;

    /** Gives the next records, and false when there are none. */
    private interface Cutter {
        boolean next(Deque<Decoded> into) throws IOException;
    }

    private final String name;
    private final LogReader reader;
    private final InputStream raw;
    private final Deque<Decoded> ready = new ArrayDeque<>();
    private Cutter cutter;
    private @Nullable ReadableBeginning content;

    LogFile(String name, InputStream raw, LogReader reader) {
        this.name = name;
        this.reader = reader;
        this.raw = raw;
        this.cutter = this::open;
    }

    /** The next record, or null at the end of the file. */
    @Nullable
    Decoded next() {
        while (ready.isEmpty()) {
            try {
                if (!cutter.next(ready) && !brokeOff()) {
                    return null;
                }
            } catch (IOException e) {
                unreadableFrom("the rest of the file cannot be read: " + reasonOf(e));
            }
        }
        return ready.poll();
    }

    private boolean brokeOff() {
        IOException failure = content == null ? null : content.failure();
        content = null;
        if (failure != null) {
            unreadableFrom("the rest of the file cannot be read: " + reasonOf(failure));
        }
        return failure != null;
    }

    private static String reasonOf(IOException failure) {
        return failure.getMessage() == null ? "it ends too early" : failure.getMessage();
    }

    /** What comes after a break cannot be told apart any more; one dead letter says so. */
    private void unreadableFrom(String detail) {
        ready.add(Decoded.of(new DeadLetter("unreadable-file", detail, name, "end", "")));
        cutter = into -> false;
    }

    /** The first step: looks at the beginning, and cuts the rest accordingly. */
    private boolean open(Deque<Decoded> into) throws IOException {
        content = new ReadableBeginning(raw);
        BufferedInputStream in = new BufferedInputStream(content, SNIFFED * 2);
        in.mark(2);
        boolean compressed = GzipParts.beginsIn(in);
        in.reset();
        if (compressed) {
            content = new ReadableBeginning(new GzipParts(in, SNIFFED));
            in = new BufferedInputStream(content, SNIFFED * 2);
        }
        in.mark(SNIFFED);
        byte[] beginning = in.readNBytes(SNIFFED);
        in.reset();
        String foreign = FileForm.foreign(beginning);
        if (foreign != null) {
            unreadableFrom("the file is " + foreign + " (expected: JSON or CSV in UTF-8, optionally gzip-compressed)");
            return true;
        }
        int mark = Utf8.lengthOfMark(beginning, 0, beginning.length);
        in.skipNBytes(mark);
        FileForm form = FileForm.of(beginning, mark);
        if (form == FileForm.LIST || form == FileForm.SPREAD) {
            in.skipNBytes(FileForm.skipBlank(beginning, mark) - mark);
        }
        cutter = switch (form) {
            case EMPTY -> none -> false;
            case LINES -> cutLines(in);
            case LIST -> cutList(in);
            case SPREAD -> cutSpread(new JsonElements(in, largestValue()));
            case CSV -> cutCsv(in);
        };
        return true;
    }

    private int largestValue() {
        return Math.max(LARGEST_LIST, reader.largestRecord());
    }

    private Cutter cutLines(InputStream in) {
        JsonLines lines = new JsonLines(in, largestValue());
        return into -> addRecordOf(lines, into) || addNextOf(lines, into);
    }

    /** Nearly every line is one record, which tells by itself where it ends. */
    private boolean addRecordOf(JsonLines lines, Deque<Decoded> into) {
        Decoded record =
                lines.holdsNext() ? reader.readRecord(lines.bytes(), lines.nextStart(), lines.wholeEnd()) : null;
        if (record == null || !lines.passes(reader.position())) {
            return false;
        }
        into.add(record);
        return true;
    }

    private boolean addNextOf(JsonLines lines, Deque<Decoded> into) throws IOException {
        if (!lines.next()) {
            return false;
        }
        String position = "line " + lines.number();
        if (lines.isCutOff()) {
            into.add(reader.tooLarge(name, position, lines.bytes(), lines.offset(), lines.length()));
        } else if (!isBlank(lines)) {
            lines.addRestOfValue();
            reader.read(name, position, lines.bytes(), lines.offset(), lines.length(), into::add);
        }
        return true;
    }

    private static boolean isBlank(JsonLines lines) {
        byte[] bytes = lines.bytes();
        for (int i = lines.offset(); i < lines.offset() + lines.length(); i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private Cutter cutList(InputStream in) throws IOException {
        JsonElements elements = new JsonElements(in, largestValue());
        elements.enter();
        return into -> {
            if (elements.next()) {
                reader.readElement(name, "record " + elements.number(), elements, into::add);
                return true;
            }
            if (!elements.isClosed()) {
                into.add(Decoded.of(new DeadLetter(
                        "truncated", "the list of records has no end", name, "after record " + elements.number(), "")));
            } else if (elements.leave()) {
                return true;
            }
            cutter = cutSpread(elements);
            return true;
        };
    }

    private Cutter cutSpread(JsonElements elements) {
        return into -> {
            if (elements.next()) {
                reader.readValue(name, "record " + elements.number(), elements, into::add);
                return true;
            }
            if (elements.isClosed()) {
                into.add(reject("not-json", UNOPENED, "after record " + elements.number(), "]"));
                return true;
            }
            return false;
        };
    }

    private Cutter cutCsv(InputStream in) {
        Iterator<CsvRecord> rows = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(Math.max(LARGEST_OF_CSV * reader.largestRecord(), 8 * 1024))
                .ofCsvRecord(MarkedText.reader(in))
                .iterator();
        return new CsvCutter(rows);
    }

    /**
     * Takes the first row for the header, unless it only names the separator, and what is below a header that is none of the
     * portal's for nothing.
     */
    private final class CsvCutter implements Cutter {

        /** A line that spreadsheets write before the header. */
        private static final String SEPARATOR = "sep=";

        private final Iterator<CsvRecord> rows;
        private boolean begun;
        private @Nullable PortalCsv columns;

        CsvCutter(Iterator<CsvRecord> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next(Deque<Decoded> into) {
            try {
                if (!rows.hasNext()) {
                    return false;
                }
                CsvRecord row = rows.next();
                if (begun) {
                    into.add(readRow(row, columns));
                } else {
                    begin(row, into);
                }
            } catch (CsvParseException e) {
                unreadableFrom("the rest of the file is not CSV: " + e.getMessage());
            }
            return true;
        }

        private void begin(CsvRecord header, Deque<Decoded> into) {
            if (header.getField(0).equalsIgnoreCase(SEPARATOR) && header.getFieldCount() == 2) {
                return;
            }
            begun = true;
            columns = PortalCsv.of(header.getFields(), reader.wanted());
            if (columns == null) {
                into.add(reject(
                        "unknown-columns",
                        "the first line is not a header of the portal's CSV (expected: an English one with commas, and Date (UTC))",
                        "line " + header.getStartingLineNumber(),
                        String.join(",", header.getFields())));
            }
        }
    }

    private Decoded readRow(CsvRecord row, @Nullable PortalCsv columns) {
        List<String> values = row.getFields();
        String text = String.join(",", values);
        String position = "line " + row.getStartingLineNumber();
        if (columns == null) {
            return reject("unknown-columns", "a row under a header that is none of the portal's", position, text);
        }
        if (!columns.fits(values)) {
            return reject(
                    "wrong-columns",
                    values.size() + " values (expected: " + columns.size() + ", as in the header)",
                    position,
                    text);
        }
        if (MarkedText.isMarked(text)) {
            return reject("invalid-utf8", "the row is not UTF-8", position, text);
        }
        try {
            FieldValues fields = columns.read(values);
            if (reader.keepsText(columns.kind())) {
                fields.values[Field.RECORD_TEXT.ordinal()] = values.toArray(new String[0]);
            }
            return reader.readRow(name, position, columns.kind(), fields, text);
        } catch (RejectedRecordException e) {
            return reject(e.reason(), String.valueOf(e.getMessage()), position, text);
        }
    }

    private Decoded reject(String reason, String detail, String position, String text) {
        byte[] bytes = MarkedText.shown(text).getBytes(StandardCharsets.UTF_8);
        return dead(reason, detail, name, position, bytes, 0, bytes.length);
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
