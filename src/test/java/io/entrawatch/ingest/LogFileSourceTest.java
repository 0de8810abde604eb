package io.entrawatch.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.PendingSplitsCheckpoint;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;
import io.entrawatch.settings.JobSettings;

import static org.assertj.core.api.Assertions.assertThat;

class LogFileSourceTest {

    @TempDir
    private Path directory;

    private final ByHand context = new ByHand();
    private LogFileSource source;

    @BeforeEach
    void watchADirectory() {
        var paths = new LinkedHashSet<>(List.of(new org.apache.flink.core.fs.Path(directory.toUri())));
        var decoding = new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), "tenant", null, JobSettings.LARGEST_RECORD);
        source = new LogFileSource(paths, new LogFileFormat(decoding), Duration.ofSeconds(1), AssignInOrder::byPath);
    }

    @Test
    void aJobThatBeginsReadsWhatIsThere() throws Exception {
        Files.writeString(directory.resolve("there.ndjson"), "{}");
        assertThat(waiting(source.createEnumerator(context))).containsExactly("there.ndjson");
    }

    @Test
    void aJobThatGoesOnWaitsForWhatMayStillGrow() throws Exception {
        Path read = Files.writeString(directory.resolve("read.ndjson"), "{}");
        Path growing = Files.writeString(directory.resolve("growing.ndjson"), "{}");
        var checkpoint = PendingSplitsCheckpoint.<FileSourceSplit>fromCollectionSnapshot(
                List.of(), Set.of(new org.apache.flink.core.fs.Path(read.toUri())));
        var enumerator = source.restoreEnumerator(context, checkpoint);
        enumerator.start();
        context.list();
        assertThat(waiting(enumerator)).isEmpty();
        Files.writeString(growing, "{}\n{}");
        context.list();
        assertThat(waiting(enumerator)).isEmpty();
        context.list();
        assertThat(waiting(enumerator)).containsExactly("growing.ndjson");
    }

    private static List<String> waiting(
            SplitEnumerator<FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> enumerator) throws Exception {
        Collection<FileSourceSplit> splits = enumerator.snapshotState(1).getSplits();
        return splits.stream().map(split -> split.path().getName()).toList();
    }

    /** No reader asks for anything, and there is a list when the test wants one. */
    private static final class ByHand implements SplitEnumeratorContext<FileSourceSplit> {

        private @Nullable Runnable list;

        void list() {
            assertThat(list).isNotNull();
            list.run();
        }

        @Override
        public <T> void callAsync(
                Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
            list = () -> {
                try {
                    handler.accept(callable.call(), null);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            };
        }

        @Override
        public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
            throw new UnsupportedOperationException("lists come again and again");
        }

        @Override
        public SplitEnumeratorMetricGroup metricGroup() {
            return UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
        }

        @Override
        public void sendEventToSourceReader(int subtask, SourceEvent event) {
            throw new UnsupportedOperationException("there is no reader");
        }

        @Override
        public int currentParallelism() {
            return 1;
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            return Map.of();
        }

        @Override
        public void assignSplits(SplitsAssignment<FileSourceSplit> assignment) {
            throw new UnsupportedOperationException("there is no reader");
        }

        @Override
        public void signalNoMoreSplits(int subtask) {
            throw new UnsupportedOperationException("there is no reader");
        }

        @Override
        public void runInCoordinatorThread(Runnable runnable) {
            runnable.run();
        }
    }
}
