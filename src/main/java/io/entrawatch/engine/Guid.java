package io.entrawatch.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The ids of Entra, which take sixteen bytes where they are written as {@code 3e3ccdb0-bfa9-478b-abb6-cb70bbd4a61d}. */
final class Guid {

    private static final int LENGTH = 36;

    /** Where the dashes stand. */
    private static final int FIRST = 8;

    private static final int SECOND = 13;
    private static final int THIRD = 18;
    private static final int FOURTH = 23;

    private static final int BITS_OF_DIGIT = 4;

    /** What a character is as a digit; -1 for those that are none. Entra writes small letters. */
    private static final byte[] DIGITS = digits();

    private Guid() {}

    private static byte[] digits() {
        byte[] digits = new byte[Byte.MAX_VALUE];
        Arrays.fill(digits, (byte) -1);
        for (int digit = 0; digit < 1 << BITS_OF_DIGIT; digit++) {
            digits[Character.forDigit(digit, 1 << BITS_OF_DIGIT)] = (byte) digit;
        }
        return digits;
    }

    /** Whether a text is an id, digit by digit as it would be read again. */
    static boolean is(String text) {
        return text.length() == LENGTH
                && text.charAt(FIRST) == '-'
                && text.charAt(SECOND) == '-'
                && text.charAt(THIRD) == '-'
                && text.charAt(FOURTH) == '-'
                && areDigits(text, 0, FIRST)
                && areDigits(text, FIRST + 1, SECOND)
                && areDigits(text, SECOND + 1, THIRD)
                && areDigits(text, THIRD + 1, FOURTH)
                && areDigits(text, FOURTH + 1, LENGTH);
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c >= DIGITS.length || DIGITS[c] < 0) {
                return false;
            }
        }
        return true;
    }

    /** @param id which {@link #is} one */
    static void write(String id, DataOutputView out) throws IOException {
        out.writeLong(append(append(append(0, id, 0, FIRST), id, FIRST + 1, SECOND), id, SECOND + 1, THIRD));
        out.writeLong(append(append(0, id, THIRD + 1, FOURTH), id, FOURTH + 1, LENGTH));
    }

    private static long append(long number, String id, int from, int to) {
        long appended = number;
        for (int i = from; i < to; i++) {
            appended = appended << BITS_OF_DIGIT | DIGITS[id.charAt(i)];
        }
        return appended;
    }

    static String read(DataInputView in) throws IOException {
        return new UUID(in.readLong(), in.readLong()).toString();
    }
}
