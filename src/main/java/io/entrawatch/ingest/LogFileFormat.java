package io.entrawatch.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Decoded;

/** Reads log files of every form for Flink's file source, a batch of records at a time, and says where each ends. */
final class LogFileFormat implements BulkFormat<Decoded, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    /** Handing records over one by one costs more than reading some of them. */
    private static final int BATCH = 128;

    private final Decoding decoding;

    LogFileFormat(Decoding decoding) {
        this.decoding = decoding;
    }

    @Override
    public Reader<Decoded> createReader(Configuration config, FileSourceSplit split) throws IOException {
        return new FileReader(split.path(), decoding, 0);
    }

    /** A file is read again from its start, up to the record after the last one that is done. */
    @Override
    public Reader<Decoded> restoreReader(Configuration config, FileSourceSplit split) throws IOException {
        long done = split.getReaderPosition()
                .map(CheckpointedPosition::getRecordsAfterOffset)
                .orElse(0L);
        return new FileReader(split.path(), decoding, done);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return TypeInformation.of(Decoded.class);
    }

    private static final class FileReader implements Reader<Decoded> {

        private final LogReader reader;
        private final LogFile file;
        private long done;
        private boolean ended;

        FileReader(Path path, Decoding decoding, long skipped) throws IOException {
            this.reader = new LogReader(decoding);
            Opened opened = open(path);
            this.file = new LogFile(path.getPath(), opened.bytes(), reader);
            for (done = 0; done < skipped && opened.isThere(); done++) {
                file.next();
            }
        }

        private record Opened(InputStream bytes, boolean isThere) {}

        /**
         * A file may be gone before its turn, or not be ours to read: that becomes a dead letter, because to fail would be to
         * fail again after each restart.
         */
        private static Opened open(Path path) throws IOException {
            try {
                return new Opened(path.getFileSystem().open(path), true);
            } catch (FileNotFoundException | NoSuchFileException | AccessDeniedException e) {
                if (!isGoneOrNotOurs(path, e)) {
                    throw e;
                }
                InputStream broken = new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw e;
                    }
                };
                return new Opened(broken, false);
            }
        }

        /** Java says of files that they are not found whatever keeps them from being opened, such as too many that are open. */
        private static boolean isGoneOrNotOurs(Path path, IOException failure) throws IOException {
            return !(failure instanceof FileNotFoundException)
                    || String.valueOf(failure.getMessage()).contains("Permission denied")
                    || !path.getFileSystem().exists(path);
        }

        @Override
        public @Nullable RecordIterator<Decoded> readBatch() {
            Decoded[] batch = new Decoded[BATCH];
            int size = 0;
            while (size < BATCH && !ended) {
                Decoded next = file.next();
                ended = next == null;
                batch[size++] = next == null ? Decoded.END_OF_FILE : next;
            }
            if (size == 0) {
                return null;
            }
            ArrayResultIterator<Decoded> records = new ArrayResultIterator<>();
            records.set(batch, size, CheckpointedPosition.NO_OFFSET, done);
            done += size;
            return records;
        }

        @Override
        public void close() throws IOException {
            file.close();
            reader.close();
        }
    }
}
