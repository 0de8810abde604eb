package io.entrawatch.sink;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.base.sink.writer.ElementConverter;

/** Chooses the index by the document's own time, so that a document written again meets itself. */
final class ToBulkEntry implements ElementConverter<Document, BulkEntry> {

    private static final long serialVersionUID = 1L;

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String prefix;

    ToBulkEntry(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public BulkEntry apply(Document document, SinkWriter.Context context) {
        String index = index(prefix, document.target(), document.atMillis());
        return new BulkEntry(index, document.id(), document.json(), false);
    }

    static String index(String prefix, Document.Target target, long atMillis) {
        String base = prefix + "-" + target.label();
        return switch (target) {
            case ALERTS, HEALTH -> base + "-" + MONTH.format(Instant.ofEpochMilli(atMillis));
            case DEAD_LETTERS, LATE -> base;
        };
    }
}
