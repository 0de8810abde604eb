package io.entrawatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

import io.entrawatch.event.Decoded;

/** Reads the records of a file without a job. */
public final class RecordFile {

    private RecordFile() {}

    /** All records of a small file at once. */
    public static List<Decoded> read(Path path, Decoding decoding) throws IOException {
        List<Decoded> records = new ArrayList<>();
        each(path, decoding, (record, number) -> records.add(record));
        return records;
    }

    /**
     * Gives one record after the other, with its number from 1.
     *
     * @return how many there are
     */
    public static int each(Path path, Decoding decoding, ObjIntConsumer<Decoded> to) throws IOException {
        int number = 0;
        try (InputStream in = Files.newInputStream(path);
                LogReader reader = new LogReader(decoding);
                LogFile file = new LogFile(path.toString(), in, reader)) {
            for (Decoded next = file.next(); next != null; next = file.next()) {
                to.accept(next, ++number);
            }
        }
        return number;
    }
}
