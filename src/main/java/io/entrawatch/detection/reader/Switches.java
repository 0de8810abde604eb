package io.entrawatch.detection.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Detection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.ListEntries;
import io.entrawatch.event.Field;
import io.entrawatch.rule.Placeholders;
import io.entrawatch.rule.Rule;
import io.entrawatch.rule.Switch;

/**
 * Tells which detections are off: those that somebody switched off, those whose authors say that they do not work and that
 * nobody switched on, those that lack a list, and those that look at the alerts of one that is off.
 */
final class Switches {

    private final Map<String, Detection> detections;
    private final Map<String, Switch> switches;
    private final Placeholders placeholders;

    Switches(Map<String, Detection> detections, Map<String, Switch> switches, Placeholders placeholders) {
        this.detections = detections;
        this.switches = switches;
        this.placeholders = placeholders;
    }

    /** Why a detection is off; null for one that is on. */
    @Nullable
    String offBecause(Detection detection) {
        Switch turned = switches.get(detection.name());
        if (turned != null && !turned.enabled()) {
            return "switched off in " + turned.header().position().file();
        }
        if (turned == null && detection.metadata().header().isUnsupported()) {
            return "its status is unsupported";
        }
        Set<String> missing = new TreeSet<>();
        for (Rule rule : detection.rules()) {
            missing.addAll(rule.missingLists());
        }
        for (Step step : detection.steps()) {
            if (step instanceof Step.OfRule of) {
                missing.addAll(missingLists(of));
            }
        }
        if (!missing.isEmpty()) {
            return "the organization has no list "
                    + missing.stream().map(ListEntries::entryOf).collect(Collectors.joining(", "));
        }
        for (Step step : detection.steps()) {
            Detection fed = step instanceof Step.OfAlerts ? detections.get(step.name()) : null;
            String reason = fed == null ? null : offBecause(fed);
            if (reason != null) {
                return step.name() + " is off: " + reason;
            }
        }
        return null;
    }

    /** Without the values of its group, or the only one that it counts, a rule's event is passed by. */
    private Set<String> missingLists(Step.OfRule step) {
        List<Field> asked = new ArrayList<>(step.group());
        if (step.values().size() == 1) {
            asked.addAll(step.values());
        }
        return asked.stream()
                .flatMap(field -> field.needs().stream())
                .filter(list -> !placeholders.isKnownToSomebody(list))
                .collect(Collectors.toSet());
    }
}
