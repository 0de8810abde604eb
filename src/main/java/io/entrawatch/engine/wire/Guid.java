package io.entrawatch.engine.wire;

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

    private static final int PART = 16;

    /** What a character is as a digit; -1 for those that are none. Entra writes small letters. */
    private static final byte[] DIGITS = digits();

    private Guid() {}

    private static byte[] digits() {
        byte[] digits = new byte[Byte.MAX_VALUE + 1];
        Arrays.fill(digits, (byte) -1);
        for (int digit = 0; digit < 1 << BITS_OF_DIGIT; digit++) {
            digits[Character.forDigit(digit, 1 << BITS_OF_DIGIT)] = (byte) digit;
        }
        return digits;
    }

    /**
     * Writes a piece of a text in sixteen bytes, after a mark. Says no, and writes nothing, where it is no id digit by digit
     * as it would be read again.
     */
    static boolean write(String text, int from, int to, int mark, DataOutputView out) throws IOException {
        if (to - from != LENGTH
                || text.charAt(from + FIRST) != '-'
                || text.charAt(from + SECOND) != '-'
                || text.charAt(from + THIRD) != '-'
                || text.charAt(from + FOURTH) != '-') {
            return false;
        }
        long first = number(text, from, from + FIRST);
        long second = number(text, from + FIRST + 1, from + SECOND);
        long third = number(text, from + SECOND + 1, from + THIRD);
        long fourth = number(text, from + THIRD + 1, from + FOURTH);
        long fifth = number(text, from + FOURTH + 1, to);
        if ((first | second | third | fourth | fifth) < 0) {
            return false;
        }
        out.writeByte(mark);
        out.writeLong((first << PART | second) << PART | third);
        out.writeLong(fourth << Long.SIZE - PART | fifth);
        return true;
    }

    /** The number that a few digits are; less than zero where one of them is none. */
    private static long number(String text, int from, int to) {
        long number = 0;
        int wrong = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < DIGITS.length ? DIGITS[c] : -1;
            wrong |= digit;
            number = number << BITS_OF_DIGIT | digit;
        }
        return wrong < 0 ? -1 : number;
    }

    static String read(DataInputView in) throws IOException {
        return new UUID(in.readLong(), in.readLong()).toString();
    }
}
