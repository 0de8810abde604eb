package io.entrawatch.engine.wire;

import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Step;

/**
 * The key of what a detection remembers of one group. All detections that look at a group are placed where the group's
 * sightings are put in order.
 *
 * <p>A class and not a record, because its hash is asked for whenever state is touched and takes longer than a field. With
 * the number of the detection and not its name, because there are several in state for each person that is remembered.
 */
@TypeInfo(KeySerializer.Factory.class)
public final class Key {

    private final long detection;
    private final String group;
    private final int hash;

    /**
     * @param detection the number of its name
     * @param group the tenant, and the values of the detection's {@code group-by}
     */
    public Key(long detection, String group) {
        this.detection = detection;
        this.group = group;
        this.hash = KeyHash.of(detection, group);
    }

    /** The key of a detection by its name. */
    public static Key of(String detection, String group) {
        return new Key(numberOf(detection), group);
    }

    /** The number of a detection, which is that of its first step as well. */
    public static long numberOf(String detection) {
        return Hash.of(detection);
    }

    public long detection() {
        return detection;
    }

    public String group() {
        return group;
    }

    public String tenant() {
        int end = group.indexOf(Step.SEPARATOR);
        return end < 0 ? group : group.substring(0, end);
    }

    /** The tenant, then the other values of the group. */
    public List<String> values() {
        return List.of(group.split(String.valueOf(Step.SEPARATOR), -1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Key that
                && hash == that.hash
                && detection == that.detection
                && group.equals(that.group);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return Long.toHexString(detection) + Step.SEPARATOR + group;
    }
}
