package io.entrawatch.engine;

import java.time.Duration;
import java.util.List;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.AlertId;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Detection;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.rule.Level;

/** Makes the alerts of detections that decide on one observation, and for which a copy is the only repeat. */
public final class Alerts {

    /** A copy of an alert can come only from a copy of its event, or of the alert that it looks at. */
    private static final long COPIES_WITHIN_MILLIS = Duration.ofDays(1).toMillis();

    private Alerts() {}

    public static Alert of(Detection detection, Observation observation, String reason, Evidence evidence) {
        String tenant = observation.tenant();
        List<String> group = observation.group();
        String id = AlertId.of(tenant, detection.name(), group, List.of(observation.id()));
        Level asked = observation.level();
        return new Alert(
                id,
                detection.name(),
                detection.metadata().title(),
                observation.atMillis(),
                tenant,
                group,
                asked == null ? detection.metadata().level() : asked,
                asked == null ? List.of() : List.of("the log says " + asked.label()),
                reason,
                evidence,
                id,
                COPIES_WITHIN_MILLIS);
    }
}
