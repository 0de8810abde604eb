package io.entrawatch.event;

/**
 * An event that came after its time had been decided.
 *
 * @param lateByMillis how far behind the watermark it was
 */
public record LateEvent(String source, EventSummary event, long lateByMillis) {}
