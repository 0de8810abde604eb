package io.entrawatch.engine;

import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInfo;

import io.entrawatch.detection.Step;

/**
 * The key of what a detection remembers of one group. All detections that look at a group are placed where the group's
 * sightings are put in order.
 *
 * @param group the tenant, and the values of the detection's {@code group-by}
 */
@TypeInfo(KeySerializer.Factory.class)
public record Key(String detection, String group) {

    public String tenant() {
        int end = group.indexOf(Step.SEPARATOR);
        return end < 0 ? group : group.substring(0, end);
    }

    /** The tenant, then the other values of the group. */
    public List<String> values() {
        return List.of(group.split(String.valueOf(Step.SEPARATOR), -1));
    }

    @Override
    public int hashCode() {
        return KeyHash.of(detection, group);
    }

    @Override
    public String toString() {
        return detection + Step.SEPARATOR + group;
    }
}
