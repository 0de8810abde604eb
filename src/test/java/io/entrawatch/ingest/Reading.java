package io.entrawatch.ingest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.event.Wanted;

import static org.assertj.core.api.Assertions.assertThat;

/** How tests read messages and files, and say in short what became of each record. */
final class Reading {

    static final String DEFAULT_TENANT = "default-tenant";
    static final int LARGEST_RECORD = 1024 * 1024;

    private static final Wanted EVERYTHING =
            new Wanted(EnumSet.allOf(Field.class), EnumSet.allOf(LogSource.class), true);

    private Reading() {}

    static LogReader reader() {
        return reader(LARGEST_RECORD, null);
    }

    static LogReader reader(int largestRecord, String database) {
        return new LogReader(new Decoding(EVERYTHING, DEFAULT_TENANT, database, largestRecord));
    }

    static List<Decoded> message(String text) {
        return message(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Decoded> message(byte[] bytes) {
        return message(reader(), bytes);
    }

    static List<Decoded> message(LogReader reader, byte[] bytes) {
        List<Decoded> out = new ArrayList<>();
        reader.read("topic", "offset 7", bytes, 0, bytes.length, out::add);
        return out;
    }

    static EntraEvent event(RawRecord record) {
        List<Decoded> out = message(record.json());
        assertThat(outcomes(out)).hasSize(1);
        assertThat(out.get(0).deadLetter()).isNull();
        return out.get(0).event();
    }

    static DeadLetter deadLetter(String message) {
        List<Decoded> out = message(message);
        assertThat(outcomes(out)).hasSize(1);
        assertThat(out.get(0).event()).isNull();
        return out.get(0).deadLetter();
    }

    static List<Decoded> file(String text) {
        return file(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Decoded> file(byte[] bytes) {
        return file(reader(), bytes);
    }

    static List<Decoded> file(LogReader reader, byte[] bytes) {
        List<Decoded> out = new ArrayList<>();
        try (LogFile file = new LogFile("file", new ByteArrayInputStream(bytes), reader)) {
            for (Decoded next = file.next(); next != null; next = file.next()) {
                out.add(next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }

    /** The id of each event, and {@code reason at position} of each dead letter. */
    static List<String> outcomes(List<Decoded> decoded) {
        return decoded.stream().map(Reading::outcome).toList();
    }

    private static String outcome(Decoded decoded) {
        assertThat(decoded.event() == null).isNotEqualTo(decoded.deadLetter() == null);
        DeadLetter dead = decoded.deadLetter();
        return dead == null ? decoded.event().id() : dead.reason() + " at " + dead.position();
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
