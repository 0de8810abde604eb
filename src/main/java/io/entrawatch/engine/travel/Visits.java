package io.entrawatch.engine.travel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.entrawatch.engine.wire.Observation;
import io.entrawatch.event.Place;

/**
 * Visits of one user. Every further one is compared with all of them, so what decides in nearly all cases, when and where
 * they were, lies side by side; the visits themselves are all over memory.
 */
public final class Visits extends AbstractList<Observation> {

    // Of each visit.
    private static final int AT = 0;
    private static final int LATITUDE = 1;
    private static final int LONGITUDE = 2;
    private static final int CELL = 3;
    private static final int NUMBERS = 4;

    private final List<Observation> all = new ArrayList<>(NUMBERS);
    private double[] numbers = new double[NUMBERS * NUMBERS];

    @Override
    public int size() {
        return all.size();
    }

    @Override
    public Observation get(int index) {
        return all.get(index);
    }

    @Override
    public Observation set(int index, Observation visit) {
        note(index, visit);
        return all.set(index, visit);
    }

    @Override
    public void add(int index, Observation visit) {
        int end = size() * NUMBERS;
        if (end == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * end);
        }
        int from = index * NUMBERS;
        System.arraycopy(numbers, from, numbers, from + NUMBERS, end - from);
        note(index, visit);
        all.add(index, visit);
        modCount++;
    }

    @Override
    public Observation remove(int index) {
        int from = (index + 1) * NUMBERS;
        System.arraycopy(numbers, from, numbers, from - NUMBERS, size() * NUMBERS - from);
        modCount++;
        return all.remove(index);
    }

    /** What has no place is nowhere, and so neither near nor far. */
    private void note(int index, Observation visit) {
        Place place = visit.travel() == null ? null : visit.travel().place();
        int from = index * NUMBERS;
        numbers[from + AT] = visit.atMillis();
        numbers[from + LATITUDE] = place == null ? Double.NaN : place.latitude();
        numbers[from + LONGITUDE] = place == null ? Double.NaN : place.longitude();
        numbers[from + CELL] = place == null ? Double.NaN : Geography.cell(place);
    }

    long atMillis(int index) {
        return (long) numbers[index * NUMBERS + AT];
    }

    boolean isInCell(int index, int cell) {
        return numbers[index * NUMBERS + CELL] == cell;
    }

    /** See {@link Geography#mostKm}. */
    double mostKm(int index, Place to) {
        int from = index * NUMBERS;
        return Geography.mostKm(numbers[from + LATITUDE], numbers[from + LONGITUDE], to);
    }

    void forgetBefore(long atMillis) {
        for (int i = size() - 1; i >= 0; i--) {
            if (atMillis(i) < atMillis) {
                remove(i);
            }
        }
    }

    /** When the latest was, of which there is one. */
    long latest() {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < size(); i++) {
            latest = Math.max(latest, atMillis(i));
        }
        return latest;
    }
}
