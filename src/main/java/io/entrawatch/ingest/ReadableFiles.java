package io.entrawatch.ingest;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists files and what is below directories, each as a whole. An entry that cannot be read is left out and told once: Flink's
 * own list would be none at all. What is missing at the start refuses it.
 *
 * <p>A directory that is watched is listed again and again, and each file in it is read once. What is empty, or was written to
 * within the last time that it takes to look again, may still grow, and waits for a later list.
 */
@SuppressWarnings("NonApiType") // Flink hands over an ArrayList.
final class ReadableFiles extends NonSplittingRecursiveEnumerator {

    private static final Logger LOG = LoggerFactory.getLogger(ReadableFiles.class);

    private final long watchMillis;
    private final EventTimeWatermarks.WallClock clock;
    private final Set<String> told = new HashSet<>();
    private final Deque<String> above = new ArrayDeque<>();
    private boolean started;

    /** @param watch how often directories are looked at; null for once */
    ReadableFiles(Predicate<Path> wanted, @Nullable Duration watch, EventTimeWatermarks.WallClock clock) {
        super(wanted);
        this.watchMillis = watch == null ? 0 : watch.toMillis();
        this.clock = clock;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits) throws IOException {
        boolean starts = !started;
        started = true;
        ArrayList<FileSourceSplit> found = new ArrayList<>();
        for (Path path : paths) {
            if (starts) {
                path.getFileSystem().getFileStatus(path);
            }
            add(path, found);
        }
        return found;
    }

    private void add(Path path, ArrayList<FileSourceSplit> found) {
        try {
            if (fileFilter.test(path)) {
                FileSystem files = path.getFileSystem();
                addSplitsForPath(files.getFileStatus(path), files, found);
            }
        } catch (IOException e) {
            leaveOut(path.getPath(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    protected void addSplitsForPath(FileStatus entry, FileSystem files, ArrayList<FileSourceSplit> found)
            throws IOException {
        if (entry.isDir()) {
            addBelow(entry.getPath(), found);
        } else if (!mayGrow(entry)) {
            convertToSourceSplits(entry, files, found);
        }
    }

    private void addBelow(Path directory, ArrayList<FileSourceSplit> found) throws IOException {
        File file = new File(directory.getPath());
        String[] names = file.list();
        String place = file.getCanonicalPath();
        if (names == null) {
            leaveOut(directory.getPath(), "a directory that cannot be read");
        } else if (above.contains(place)) {
            leaveOut(directory.getPath(), "a link to a directory that it is in");
        } else {
            above.push(place);
            try {
                for (String name : names) {
                    addNamed(directory, name, found);
                }
            } finally {
                above.pop();
            }
        }
    }

    private void addNamed(Path directory, String name, ArrayList<FileSourceSplit> found) {
        Path path;
        try {
            path = new Path(directory, name);
        } catch (IllegalArgumentException e) {
            leaveOut(directory.getPath() + "/" + name, "a name that Flink cannot read");
            return;
        }
        add(path, found);
    }

    private boolean mayGrow(FileStatus file) {
        long age = clock.millis() - file.getModificationTime();
        return watchMillis > 0 && (file.getLen() == 0 || (age >= 0 && age < watchMillis));
    }

    private void leaveOut(String path, String why) {
        if (told.add(path)) {
            LOG.warn("{} is left out: {}", path, why);
        }
    }
}
