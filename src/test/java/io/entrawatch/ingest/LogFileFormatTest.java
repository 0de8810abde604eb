package io.entrawatch.ingest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;

import static io.entrawatch.ingest.Reading.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files as Flink's source reads them: from the start, and again after a restart. */
class LogFileFormatTest {

    private static final LogFileFormat FORMAT = new LogFileFormat(
            new Decoding(Wanted.of(EnumSet.allOf(Field.class)), "tenant", null, Reading.LARGEST_RECORD));

    @TempDir
    private Path directory;

    @Test
    void afterARestartTheRestIsRead() throws Exception {
        Path file = Files.writeString(
                directory.resolve("logs.ndjson"),
                String.join(
                        "\n",
                        RawRecord.signIn().id("a").json(),
                        RawRecord.signIn().id("b").json(),
                        RawRecord.signIn().id("c").json()),
                StandardCharsets.UTF_8);
        assertThat(outcomes(read(FORMAT.createReader(new Configuration(), split(file, null)))))
                .containsExactly("a", "b", "c");
        assertThat(outcomes(read(FORMAT.restoreReader(new Configuration(), split(file, 2L)))))
                .containsExactly("c");
    }

    @Test
    void aFileThatHasGoneIsADeadLetter() throws Exception {
        Path gone = directory.resolve("gone.ndjson");
        assertThat(outcomes(read(FORMAT.createReader(new Configuration(), split(gone, null)))))
                .containsExactly("unreadable-file at end");
        List<Decoded> restored = read(FORMAT.restoreReader(new Configuration(), split(gone, 2L)));
        assertThat(outcomes(restored)).containsExactly("unreadable-file at end");
        assertThat(restored.get(0).deadLetter().source()).isEqualTo(gone.toString());
        assertThat(restored.get(0).deadLetter().detail()).contains(gone.toString());
    }

    @Test
    void aFileThatIsThereAndCannotBeOpenedIsTriedAgain() throws Exception {
        // A directory opens as little as a file does where too many are open, with the same exception.
        Path there = Files.createDirectory(directory.resolve("there"));
        assertThatThrownBy(() -> FORMAT.createReader(new Configuration(), split(there, null)))
                .isInstanceOf(FileNotFoundException.class);
    }

    private static FileSourceSplit split(Path file, Long done) {
        CheckpointedPosition position =
                done == null ? null : new CheckpointedPosition(CheckpointedPosition.NO_OFFSET, done);
        return new FileSourceSplit(
                "split", new org.apache.flink.core.fs.Path(file.toUri()), 0, 1, 0, 1, new String[0], position);
    }

    private static List<Decoded> read(BulkFormat.Reader<Decoded> reader) throws IOException {
        List<Decoded> all = new ArrayList<>();
        try (reader) {
            for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
                for (RecordAndPosition<Decoded> next = batch.next(); next != null; next = batch.next()) {
                    if (next.getRecord() != Decoded.END_OF_FILE) {
                        all.add(next.getRecord());
                    }
                }
                batch.releaseBatch();
            }
        }
        return all;
    }
}
