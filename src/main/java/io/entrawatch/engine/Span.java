package io.entrawatch.engine;

import java.util.Arrays;

/**
 * The latest events of a group, or the latest event of each of its latest values, in the order of time: when it was, a
 * hash of its id, a hash of its value, and its number. Bounded by what it takes to decide.
 *
 * <p>A plain class with public fields, so that it travels and is kept without reflection.
 */
@SuppressWarnings("NullAway.Init")
public final class Span {

    public long[] times;
    public long[] ids;
    public long[] values;
    public double[] numbers;
    /** Whether the oldest had to make room for a newer one. */
    public boolean full;

    public Span() {
        times = new long[0];
        ids = new long[0];
        values = new long[0];
        numbers = new double[0];
    }

    int size() {
        return times.length;
    }

    boolean holds(long id) {
        for (long known : ids) {
            if (known == id) {
                return true;
            }
        }
        return false;
    }

    /** Keeps the latest event of each value: an earlier one of the same value makes room. */
    void addValue(long at, long id, long value, int most) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                if (times[i] > at) {
                    return;
                }
                remove(i);
                break;
            }
        }
        add(at, id, value, 0, most);
    }

    void add(long at, long id, long value, double number, int most) {
        int place = times.length;
        while (place > 0 && times[place - 1] > at) {
            place--;
        }
        times = with(times, place, at);
        ids = with(ids, place, id);
        values = with(values, place, value);
        double[] longer = Arrays.copyOf(numbers, numbers.length + 1);
        System.arraycopy(numbers, place, longer, place + 1, numbers.length - place);
        longer[place] = number;
        numbers = longer;
        if (times.length > most) {
            full = true;
            remove(0);
        }
    }

    void forgetUpTo(long time) {
        int gone = 0;
        while (gone < times.length && times[gone] <= time) {
            gone++;
        }
        if (gone > 0) {
            times = Arrays.copyOfRange(times, gone, times.length);
            ids = Arrays.copyOfRange(ids, gone, ids.length);
            values = Arrays.copyOfRange(values, gone, values.length);
            numbers = Arrays.copyOfRange(numbers, gone, numbers.length);
            full = false;
        }
    }

    /** How many there are after one time, up to another. */
    int between(long after, long upTo) {
        int count = 0;
        for (long time : times) {
            count += time > after && time <= upTo ? 1 : 0;
        }
        return count;
    }

    /** The numbers of those after one time, up to another. */
    double[] numbersBetween(long after, long upTo) {
        double[] found = new double[between(after, upTo)];
        int next = 0;
        for (int i = 0; i < times.length; i++) {
            if (times[i] > after && times[i] <= upTo) {
                found[next++] = numbers[i];
            }
        }
        return found;
    }

    private void remove(int place) {
        times = without(times, place);
        ids = without(ids, place);
        values = without(values, place);
        double[] shorter = Arrays.copyOf(numbers, numbers.length - 1);
        System.arraycopy(numbers, place + 1, shorter, place, shorter.length - place);
        numbers = shorter;
    }

    private static long[] with(long[] all, int place, long one) {
        long[] longer = Arrays.copyOf(all, all.length + 1);
        System.arraycopy(all, place, longer, place + 1, all.length - place);
        longer[place] = one;
        return longer;
    }

    private static long[] without(long[] all, int place) {
        long[] shorter = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, place + 1, shorter, place, shorter.length - place);
        return shorter;
    }
}
