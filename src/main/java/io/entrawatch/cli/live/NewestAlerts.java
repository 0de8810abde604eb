package io.entrawatch.cli.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

import io.entrawatch.rule.Level;
import io.entrawatch.sink.Document;
import io.entrawatch.sink.Writers;

/**
 * Counts the alerts of a job in this process by level, and keeps the newest few to be looked at. The job's tasks find
 * the one that waits for them by its id, because Flink gives them copies of everything else.
 */
public final class NewestAlerts implements Writers.Writer, AutoCloseable {

    private static final int MOST = 50;
    private static final Map<String, NewestAlerts> WAITING = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();
    private final Deque<SeenAlert> newest = new ArrayDeque<>();
    private final long[] levels = new long[Level.values().length];

    public NewestAlerts() {
        WAITING.put(id, this);
    }

    @Override
    public void write(DataStream<Document> documents, Document.Target target) {
        if (target == Document.Target.ALERTS) {
            documents
                    .sinkTo(new Watched(id))
                    .name("Show alerts in this terminal")
                    .uid("terminal-alerts");
        }
    }

    private synchronized void add(SeenAlert alert) {
        levels[alert.level().ordinal()]++;
        newest.addFirst(alert);
        if (newest.size() > MOST) {
            newest.removeLast();
        }
    }

    /** The newest first. */
    synchronized List<SeenAlert> newest() {
        return new ArrayList<>(newest);
    }

    /** How many there were of each level. */
    synchronized long[] levels() {
        return levels.clone();
    }

    /** No task finds it any more. */
    @Override
    public void close() {
        WAITING.remove(id);
    }

    /** Hands over each alert where it is made. */
    private record Watched(String id) implements Sink<Document> {

        @Override
        public SinkWriter<Document> createWriter(WriterInitContext context) {
            NewestAlerts waiting = WAITING.get(id);
            return new SinkWriter<>() {
                @Override
                public void write(Document document, Context moment) throws IOException {
                    if (waiting != null) {
                        waiting.add(SeenAlert.of(document.json()));
                    }
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }
    }
}
