package io.entrawatch.engine.count;

import java.util.Arrays;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The latest events of a group, or the latest event of each of its latest values, in the order of time: when it was, a
 * hash of its id, a hash of its value, and its number. Bounded by what it takes to decide.
 *
 * <p>Rows of numbers with some room at both ends, because events come at one end and go at the other.
 */
@TypeInfo(SpanSerializer.Factory.class)
public final class Span {

    private static final int FIRST_ROOM = 4;

    long[] times = {};
    long[] ids = {};
    /** Empty as long as no event has a value but 0. */
    long[] values = {};
    /** Empty as long as no event has a number but 0. */
    double[] numbers = {};

    int start;
    int end;
    /** Whether the oldest had to make room for a newer one. */
    boolean full;

    int size() {
        return end - start;
    }

    /** When the latest was; long ago where there is none. */
    long lastTime() {
        return size() == 0 ? Long.MIN_VALUE : times[end - 1];
    }

    /** Whether it has the event of that time. */
    boolean holds(long at, long id) {
        for (int i = end - 1; i >= start && times[i] >= at; i--) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the latest event of each value: an earlier one of the same value makes room. */
    void addValue(long at, long id, long value, int most) {
        for (int i = start; i < end; i++) {
            if (valueAt(i) == value) {
                if (times[i] > at) {
                    return;
                }
                remove(i);
                break;
            }
        }
        add(at, id, value, 0, most);
    }

    private long valueAt(int place) {
        return values.length == 0 ? 0 : values[place];
    }

    void add(long at, long id, long value, double number, int most) {
        makeRoom();
        if (value != 0 && values.length == 0) {
            values = new long[times.length];
        }
        if (number != 0 && numbers.length == 0) {
            numbers = new double[times.length];
        }
        int place = end;
        while (place > start && times[place - 1] > at) {
            place--;
        }
        move(place, place + 1);
        end++;
        times[place] = at;
        ids[place] = id;
        if (values.length > 0) {
            values[place] = value;
        }
        if (numbers.length > 0) {
            numbers[place] = number;
        }
        if (size() > most) {
            full = true;
            start++;
        }
    }

    private void makeRoom() {
        if (end < times.length) {
            return;
        }
        int room = 2 * size() >= times.length ? Math.max(FIRST_ROOM, 2 * times.length) : times.length;
        times = moved(times, room);
        ids = moved(ids, room);
        values = values.length == 0 ? values : moved(values, room);
        numbers = numbers.length == 0 ? numbers : Arrays.copyOf(Arrays.copyOfRange(numbers, start, end), room);
        end = size();
        start = 0;
    }

    private long[] moved(long[] row, int room) {
        long[] moved = new long[room];
        System.arraycopy(row, start, moved, 0, size());
        return moved;
    }

    void forgetUpTo(long time) {
        while (start < end && times[start] <= time) {
            start++;
            full = false;
        }
    }

    /** How many there are after one time, up to another. */
    int between(long after, long upTo) {
        return placeAfter(upTo) - placeAfter(after);
    }

    /** The numbers of those after one time, up to another. */
    double[] numbersBetween(long after, long upTo) {
        int from = placeAfter(after);
        int to = placeAfter(upTo);
        return numbers.length == 0 ? new double[to - from] : Arrays.copyOfRange(numbers, from, to);
    }

    /** Where the first stands that is later; mostly at one of the ends. */
    private int placeAfter(long time) {
        if (start == end || times[start] > time) {
            return start;
        }
        int place = end;
        while (times[place - 1] > time) {
            place--;
        }
        return place;
    }

    private void remove(int place) {
        move(place + 1, place);
        end--;
    }

    private void move(int from, int to) {
        int length = end - from;
        System.arraycopy(times, from, times, to, length);
        System.arraycopy(ids, from, ids, to, length);
        if (values.length > 0) {
            System.arraycopy(values, from, values, to, length);
        }
        if (numbers.length > 0) {
            System.arraycopy(numbers, from, numbers, to, length);
        }
    }
}
