package io.entrawatch.engine.state;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of state that were touched last, in memory until a checkpoint or others take their place: where state is on
 * disk, each look at it and each change costs as much as all the rest that is done with an event. What begins and ends
 * between two checkpoints never gets there.
 *
 * @param <K> a key and, where there is one, its namespace
 * @param <T> may be changed in place before it is given to {@link #put}
 */
public final class RecentValues<K, T> {

    /** The state behind. */
    public interface Disk<K, T> {
        @Nullable
        T read(K key) throws IOException;

        /** @param value null takes away what is there; what is written may let go of what it holds */
        void write(K key, @Nullable T value) throws IOException;
    }

    /** Each of these takes so small a part of the heap of a slot; six to nine do. */
    private static final int PARTS_OF_HEAP = 20;

    /** And so small a part what it knows of keys on disk. */
    private static final int PARTS_OF_HEAP_FOR_KEYS = 256;

    private static final int KILOBYTE = 1024;

    private static final float LOAD = 0.75f;

    private static final class Recent<T> {
        private @Nullable T value;
        /** Whether the state behind this has anything for the key. */
        private boolean stored;

        private boolean changed;
        private int kilobytes;

        Recent(@Nullable T value) {
            this.value = value;
            this.stored = value != null;
        }
    }

    private final Disk<K, T> disk;
    private final KeysOnDisk onDisk;
    private final ToIntFunction<T> weigher;
    private final long mostKilobytes;
    private final Map<K, Recent<T>> recent = new LinkedHashMap<>(16, LOAD, true);

    private long kilobytes;

    /** @param weigher about how many kilobytes a value takes, without its key */
    public RecentValues(AbstractStreamOperator<?> operator, Disk<K, T> disk, ToIntFunction<T> weigher) {
        this.disk = disk;
        this.weigher = weigher;
        int slots = operator.getContainingTask()
                .getEnvironment()
                .getTaskManagerInfo()
                .getConfiguration()
                .get(TaskManagerOptions.NUM_TASK_SLOTS);
        this.mostKilobytes = mostKilobytes(slots);
        this.onDisk = new KeysOnDisk(Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP_FOR_KEYS / slots);
    }

    /** How much stays in memory in each of these, in a process with so many slots. */
    public static long mostKilobytes(int slots) {
        return Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP / KILOBYTE / slots;
    }

    /** The state behind may have something for the key since before this began. Of all such keys this has to be said. */
    public void expect(K key) {
        onDisk.add(key);
    }

    @Nullable
    public T get(K key) throws IOException {
        return of(key).value;
    }

    /** @param value null forgets what was there */
    public void put(K key, @Nullable T value) throws IOException {
        Recent<T> entry = of(key);
        entry.value = value;
        entry.changed = true;
        if (value == null && !entry.stored) {
            kilobytes -= entry.kilobytes;
            recent.remove(key);
        } else {
            makeRoomFor(entry);
        }
    }

    /** The entry is the one that was touched last. */
    private void makeRoomFor(Recent<T> entry) throws IOException {
        weigh(entry);
        while (kilobytes > mostKilobytes && recent.size() > 1) {
            forgetOldest();
        }
    }

    private void weigh(Recent<T> entry) {
        T value = entry.value;
        int now = 1 + (value == null ? 0 : weigher.applyAsInt(value));
        kilobytes += now - entry.kilobytes;
        entry.kilobytes = now;
    }

    private Recent<T> of(K key) throws IOException {
        Recent<T> entry = recent.get(key);
        if (entry == null) {
            entry = new Recent<>(onDisk.mayHave(key) ? disk.read(key) : null);
            recent.put(key, entry);
            makeRoomFor(entry);
        }
        return entry;
    }

    private void forgetOldest() throws IOException {
        var entries = recent.entrySet().iterator();
        Map.Entry<K, Recent<T>> oldest = entries.next();
        entries.remove();
        write(oldest.getKey(), oldest.getValue());
        kilobytes -= oldest.getValue().kilobytes;
    }

    /** Writes the value now, because it has grown large. */
    public void write(K key) throws IOException {
        write(key, of(key));
    }

    /** Writes what has changed, for a checkpoint to find it. */
    public void write() throws IOException {
        for (Map.Entry<K, Recent<T>> entry : recent.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
    }

    private void write(K key, Recent<T> entry) throws IOException {
        if (!entry.changed) {
            return;
        }
        entry.changed = false;
        T value = entry.value;
        if (value == null && !entry.stored) {
            return;
        }
        disk.write(key, value);
        if (value == null) {
            onDisk.remove(key);
        } else if (!entry.stored) {
            onDisk.add(key);
        }
        entry.stored = value != null;
        weigh(entry);
    }
}
