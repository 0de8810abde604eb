package io.entrawatch.engine;

import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Step;

/**
 * The key of what a detection remembers of one group. All detections that look at a group are placed where the group's
 * sightings are put in order.
 *
 * <p>A class and not a record, because its hash is asked for whenever state is touched and takes longer than a field.
 */
@TypeInfo(KeySerializer.Factory.class)
public final class Key {

    private final String detection;
    private final String group;
    private final int hash;

    /** @param group the tenant, and the values of the detection's {@code group-by} */
    public Key(String detection, String group) {
        this.detection = detection;
        this.group = group;
        this.hash = KeyHash.of(detection, group);
    }

    public String detection() {
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
                && detection.equals(that.detection)
                && group.equals(that.group);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return detection + Step.SEPARATOR + group;
    }
}
