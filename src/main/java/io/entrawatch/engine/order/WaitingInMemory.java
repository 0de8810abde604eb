package io.entrawatch.engine.order;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.entrawatch.engine.wire.Sighting;

/** Sightings that wait for their time in memory. Those of about a second together: a watermark looks only at what it passes. */
final class WaitingInMemory {

    /** 1,024 milliseconds. */
    private static final int BITS_OF_SECOND = 10;

    private final TreeMap<Long, List<Sighting>> bySecond = new TreeMap<>();
    private int size;

    /** Where the last one went: an event is seen by several groups, one after the other. */
    private @Nullable List<Sighting> latest;

    private long latestSecond;

    static long secondOf(long time) {
        return time >> BITS_OF_SECOND;
    }

    int size() {
        return size;
    }

    void add(Sighting sighting) {
        long second = secondOf(sighting.atMillis());
        List<Sighting> together = latest;
        if (together == null || second != latestSecond) {
            together = bySecond.computeIfAbsent(second, key -> new ArrayList<>());
            latest = together;
            latestSecond = second;
        }
        together.add(sighting);
        size++;
    }

    /** Those that happened until then, which wait no longer. */
    List<Sighting> takeUntil(long time) {
        List<Sighting> due = new ArrayList<>();
        long second = secondOf(time);
        while (!bySecond.isEmpty() && bySecond.firstKey() < second) {
            due.addAll(bySecond.pollFirstEntry().getValue());
        }
        List<Sighting> ofThisSecond = bySecond.remove(second);
        if (ofThisSecond != null) {
            List<Sighting> later = new ArrayList<>();
            for (Sighting sighting : ofThisSecond) {
                (sighting.atMillis() <= time ? due : later).add(sighting);
            }
            if (!later.isEmpty()) {
                bySecond.put(second, later);
            }
        }
        latest = null;
        size -= due.size();
        return due;
    }

    List<Sighting> takeAll() {
        return takeUntil(Long.MAX_VALUE);
    }
}
