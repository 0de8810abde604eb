package io.entrawatch.engine.wire;

import java.util.List;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a detection observes of one group at one go, in the order in which it happened. They go on together where many of
 * a group come at once, as those of a whole tenant do, so that what is remembered is read and written once for all.
 *
 * @param all at least one; one that is late is alone
 */
@TypeInfo(ObservationsSerializer.Factory.class)
public record Observations(Key key, List<Observation> all) {

    public static Observations of(Observation alone) {
        return new Observations(alone.key(), List.of(alone));
    }
}
