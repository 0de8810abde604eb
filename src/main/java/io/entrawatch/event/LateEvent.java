package io.entrawatch.event;

/**
 * An event that came after its time had been decided, or is dated so far ahead that nothing waits for it.
 *
 * @param lateByMillis how far behind the watermark it was; negative for how far it was ahead of the wall clock
 */
public record LateEvent(String source, EventSummary event, long lateByMillis) {

    public boolean isFuture() {
        return lateByMillis < 0;
    }
}
