package io.entrawatch.ingest;

import java.time.Duration;
import java.util.LinkedHashSet;

import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.file.src.AbstractFileSource;
import org.apache.flink.connector.file.src.ContinuousEnumerationSettings;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.FileSourceSplitSerializer;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Decoded;

/**
 * Flink's source of files, but that its lists know whether the job begins or goes on: what has come while it was down may still
 * be written to.
 */
final class LogFileSource extends AbstractFileSource<Decoded, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private final Lists lists;

    /** @param watch how often there is a new list; null where the first is the last */
    LogFileSource(
            LinkedHashSet<Path> paths,
            LogFileFormat format,
            @Nullable Duration watch,
            FileSplitAssigner.Provider order) {
        this(paths, format, watch, order, new Lists(paths, watch != null));
    }

    private LogFileSource(
            LinkedHashSet<Path> paths,
            LogFileFormat format,
            @Nullable Duration watch,
            FileSplitAssigner.Provider order,
            Lists lists) {
        super(
                paths.toArray(new Path[0]),
                lists,
                order,
                format,
                watch == null ? null : new ContinuousEnumerationSettings(watch));
        this.lists = lists;
    }

    @Override
    public SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> createEnumerator(
            SplitEnumeratorContext<FileSourceSplit> context) {
        lists.atStart = true;
        return super.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> restoreEnumerator(
            SplitEnumeratorContext<FileSourceSplit> context, PendingSplitsCheckpoint<FileSourceSplit> checkpoint) {
        lists.atStart = false;
        return super.restoreEnumerator(context, checkpoint);
    }

    @Override
    public SimpleVersionedSerializer<FileSourceSplit> getSplitSerializer() {
        return FileSourceSplitSerializer.INSTANCE;
    }

    private static final class Lists implements FileEnumerator.Provider {

        private static final long serialVersionUID = 1L;

        private final LinkedHashSet<Path> paths;
        private final boolean watches;
        private boolean atStart;

        Lists(LinkedHashSet<Path> paths, boolean watches) {
            this.paths = paths;
            this.watches = watches;
        }

        @Override
        public FileEnumerator create() {
            return new ReadableFiles(path -> paths.contains(path) || isNoHiddenFile(path), watches, atStart);
        }

        /** Half-written files are hidden by those who write them carefully. Who names one means it. */
        private static boolean isNoHiddenFile(Path path) {
            return !path.getName().startsWith(".");
        }
    }
}
