package io.entrawatch.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.entrawatch.event.Decoded;

/** Reads all records of a small file at once, without a job. */
public final class RecordFile {

    private RecordFile() {}

    public static List<Decoded> read(Path path, Decoding decoding) throws IOException {
        List<Decoded> records = new ArrayList<>();
        try (InputStream in = Files.newInputStream(path);
                LogReader reader = new LogReader(decoding);
                LogFile file = new LogFile(path.toString(), in, reader)) {
            for (Decoded next = file.next(); next != null; next = file.next()) {
                records.add(next);
            }
        }
        return records;
    }
}
