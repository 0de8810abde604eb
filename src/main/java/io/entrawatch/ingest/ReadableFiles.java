package io.entrawatch.ingest;

import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists files and what is below directories, each as a whole. An entry that cannot be read is left out and told once: Flink's
 * own list would be none at all. What is missing at the start refuses it.
 *
 * <p>A directory that is watched is listed again and again, and each file in it is read once. What is empty waits for a later
 * list, and so does what came after the start, or while a job that goes on was down, and is not as it was in the list before: it
 * may still grow. No clock is asked, because that of a file server may be another.
 */
@SuppressWarnings("NonApiType") // Flink hands over an ArrayList.
final class ReadableFiles extends NonSplittingRecursiveEnumerator {

    private static final Logger LOG = LoggerFactory.getLogger(ReadableFiles.class);

    /** A file is written to for so many lists before somebody is told. */
    private static final int LONG = 30;

    /** How a file was in a list. */
    private record Seen(long length, long modifiedMillis, int changes) {}

    private final boolean watches;
    private boolean begins;
    private boolean atStart;
    private Map<String, Seen> before = new HashMap<>();
    private Map<String, Seen> now = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Deque<String> above = new ArrayDeque<>();

    /**
     * @param watches whether there will be more lists than one
     * @param begins whether the first list is that of a job that begins, and not of one that goes on
     */
    ReadableFiles(Predicate<Path> wanted, boolean watches, boolean begins) {
        super(wanted);
        this.watches = watches;
        this.begins = begins;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits) throws IOException {
        atStart = begins;
        begins = false;
        ArrayList<FileSourceSplit> found = new ArrayList<>();
        for (Path path : paths) {
            if (atStart) {
                path.getFileSystem().getFileStatus(path);
            }
            add(path, found);
        }
        before = now;
        now = new HashMap<>();
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
        if (!watches) {
            return false;
        }
        String path = file.getPath().getPath();
        Seen known = before.get(path);
        boolean same =
                known != null && known.length == file.getLen() && known.modifiedMillis == file.getModificationTime();
        int changes = known == null || same ? 0 : known.changes + 1;
        now.put(path, new Seen(file.getLen(), file.getModificationTime(), changes));
        if (changes == LONG) {
            LOG.warn("{} is still being written to; it is read once it stays as it is", path);
        }
        return file.getLen() == 0 || (!atStart && !same);
    }

    private void leaveOut(String path, String why) {
        if (told.add(path)) {
            LOG.warn("{} is left out: {}", path, why);
        }
    }
}
