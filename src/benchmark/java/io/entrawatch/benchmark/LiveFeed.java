package io.entrawatch.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the records of a file to Kafka at a steady rate, each with the time at which it is sent. When the file ends it
 * begins again, with other ids. Fifteen days thus pass within seconds for everybody in them: detections that count find
 * far more than in quiet logs.
 */
final class LiveFeed implements AutoCloseable {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final List<String> TIMES =
            List.of("\"time\":\"", "\"createdDateTime\":\"", "\"activityDateTime\":\"");
    private static final String ID = "\"properties\":{\"id\":\"";
    private static final int LENGTH_OF_TIME = 24;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final Path file;
    private final double rate;
    private final TreeSet<Long> times = new TreeSet<>();
    private BufferedReader lines;
    private int pass;
    private long sent;
    private long millis;
    private byte[] now = {};

    /** @param rate records a second */
    LiveFeed(String bootstrapServers, String topic, Path file, double rate) throws IOException {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5", "buffer.memory", "67108864"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topic = topic;
        this.file = file;
        this.rate = rate;
        this.lines = open();
    }

    private BufferedReader open() throws IOException {
        // One byte is one character, so that places are the same in both.
        return Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
    }

    /** Something to do between records; it is asked about twice each millisecond. */
    interface Between {
        /** False to end. */
        boolean goesOn(long millis);
    }

    /** Sends until told to end; a record that could not be sent in time is sent as soon as it can be. */
    void run(Between between) throws IOException {
        long begin = System.nanoTime();
        long before = sent;
        while (between.goesOn(System.currentTimeMillis())) {
            double due = (System.nanoTime() - begin) * 1e-9 * rate;
            if (sent - before >= due) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (int i = 0; i < rate / 1000 + 1 && sent - before < due; i++) {
                sendNext();
            }
        }
    }

    /** Sends a record of its own, and returns the time that it has in Kafka. */
    void send(String record, long atMillis) {
        send(record.getBytes(StandardCharsets.UTF_8), atMillis);
    }

    /** How many records were sent. */
    long sent() {
        return sent;
    }

    /** When a record was sent that carries this time or a later one; later than all while there was none. */
    long firstSentFrom(long atMillis) {
        Long first = times.ceiling(atMillis);
        return first == null ? Long.MAX_VALUE : first;
    }

    private void sendNext() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            lines.close();
            lines = open();
            pass++;
            line = lines.readLine();
        }
        byte[] record = line.getBytes(StandardCharsets.ISO_8859_1);
        for (String name : TIMES) {
            int start = line.indexOf(name) + name.length();
            if (start >= name.length() && line.charAt(start + LENGTH_OF_TIME - 1) == 'Z') {
                System.arraycopy(now(), 0, record, start, LENGTH_OF_TIME);
            }
        }
        int id = line.indexOf(ID) + ID.length();
        byte[] prefix = String.format(Locale.ROOT, "%04x", pass).getBytes(StandardCharsets.ISO_8859_1);
        if (pass > 0 && id >= ID.length()) {
            System.arraycopy(prefix, 0, record, id, prefix.length);
        }
        now();
        send(record, millis);
        sent++;
    }

    private byte[] now() {
        long next = System.currentTimeMillis();
        if (next > millis) {
            millis = next;
            now = MILLIS.format(Instant.ofEpochMilli(next)).getBytes(StandardCharsets.ISO_8859_1);
        }
        return now;
    }

    private void send(byte[] record, long atMillis) {
        if (times.isEmpty() || times.last() < atMillis) {
            times.add(atMillis);
        }
        producer.send(new ProducerRecord<>(topic, 0, atMillis, null, record));
    }

    @Override
    public void close() throws IOException {
        producer.close();
        lines.close();
    }
}
