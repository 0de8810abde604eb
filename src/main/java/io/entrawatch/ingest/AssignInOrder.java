package io.entrawatch.ingest;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.jspecify.annotations.Nullable;

/** Hands files out in an order, because what is read later is taken for later. */
final class AssignInOrder implements FileSplitAssigner {

    private final Queue<FileSourceSplit> rest;

    private AssignInOrder(Queue<FileSourceSplit> rest) {
        this.rest = rest;
    }

    /** As they were listed. */
    static AssignInOrder asListed(Collection<FileSourceSplit> files) {
        return new AssignInOrder(new ArrayDeque<>(files));
    }

    /** By their paths, which of logs usually say when they were written; of those that are there. */
    static AssignInOrder byPath(Collection<FileSourceSplit> files) {
        Queue<FileSourceSplit> sorted = new PriorityQueue<>(
                Comparator.comparing((FileSourceSplit file) -> file.path().toString()));
        sorted.addAll(files);
        return new AssignInOrder(sorted);
    }

    @Override
    public Optional<FileSourceSplit> getNext(@Nullable String hostname) {
        return Optional.ofNullable(rest.poll());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> files) {
        rest.addAll(files);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return List.copyOf(rest);
    }
}
