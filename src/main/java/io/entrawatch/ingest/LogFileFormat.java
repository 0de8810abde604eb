package io.entrawatch.ingest;

import java.io.IOException;

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
            this.file = new LogFile(path.getPath(), path.getFileSystem().open(path), reader);
            for (done = 0; done < skipped; done++) {
                file.next();
            }
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
