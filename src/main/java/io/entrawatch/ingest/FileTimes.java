package io.entrawatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;

/**
 * When the events of a file were, in milliseconds since 1970, and how far they are out of order. A file without events
 * begins after it ends.
 *
 * @param disorder by how many milliseconds an event is older, at most, than one that stands before it
 */
public record FileTimes(Path path, long earliest, long latest, long disorder) {

    /** Reads the file to its end. */
    public static FileTimes of(Path path, int largestRecord) throws IOException {
        Decoding decoding = new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), "", null, largestRecord);
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long disorder = 0;
        try (InputStream in = Files.newInputStream(path);
                LogReader reader = new LogReader(decoding);
                LogFile file = new LogFile(path.toString(), in, reader)) {
            for (Decoded next = file.next(); next != null; next = file.next()) {
                EntraEvent event = next.event();
                if (event != null) {
                    earliest = Math.min(earliest, event.atMillis());
                    latest = Math.max(latest, event.atMillis());
                    disorder = Math.max(disorder, latest - event.atMillis());
                }
            }
        }
        return new FileTimes(path, earliest, latest, disorder);
    }

    public boolean isEmpty() {
        return earliest > latest;
    }
}
