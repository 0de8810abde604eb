package io.entrawatch.detection;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;

/** The loaded detections: those that are on, and those that are off with the reason. */
public record Catalogue(List<Entry> entries) implements Serializable {

    /**
     * A loaded detection.
     *
     * @param offBecause why it is off; null for one that is on
     */
    public record Entry(Detection detection, @Nullable String offBecause) implements Serializable {

        public boolean enabled() {
            return offBecause == null;
        }
    }

    /** The detections that are on, by name. */
    public List<Detection> enabled() {
        return entries.stream().filter(Entry::enabled).map(Entry::detection).toList();
    }

    /** Those of one kind that are on. */
    public <D extends Detection> List<D> enabled(Class<D> kind) {
        return enabled().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public Optional<Detection> find(String name) {
        return entries.stream()
                .map(Entry::detection)
                .filter(detection -> detection.name().equals(name))
                .findFirst();
    }

    /** Every field that an enabled detection looks at. */
    public EnumSet<Field> fields() {
        EnumSet<Field> fields = EnumSet.noneOf(Field.class);
        for (Detection detection : enabled()) {
            for (Step step : detection.steps()) {
                fields.addAll(step.rule().fields());
                fields.addAll(step.group());
            }
            if (detection instanceof TravelDetection) {
                fields.addAll(EnumSet.of(
                        Field.SESSION_ID,
                        Field.DEVICE_ID,
                        Field.DEVICE_MANAGED,
                        Field.DEVICE_COMPLIANT,
                        Field.NETWORK_TYPE,
                        Field.AUTHENTICATION_REQUIREMENT));
            }
        }
        fields.addAll(OrganizationFields.reads(fields));
        return fields;
    }

    /** True where a detection asks for the places of sign-ins. */
    public boolean locates() {
        return !enabled(TravelDetection.class).isEmpty();
    }
}
