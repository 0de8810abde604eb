package io.entrawatch.event;

import java.nio.charset.StandardCharsets;

/**
 * A record that could not be read.
 *
 * @param reason why, as a short fixed name to count by, such as {@code not-json}
 * @param detail why, as a sentence
 * @param source the file or the Kafka topic
 * @param position the line, the number in a list, or partition and offset
 * @param record its bytes as text, cut off at {@link #LONGEST_RECORD} bytes
 */
public record DeadLetter(String reason, String detail, String source, String position, String record) {

    /** How many bytes of a broken record are kept. */
    public static final int LONGEST_RECORD = 8 * 1024;

    /** As much of a record as is kept of it. No character is cut in two. */
    public static String beginningOf(byte[] bytes, int offset, int length) {
        return beginningOf(bytes, offset, length, LONGEST_RECORD);
    }

    /** @param most of its bytes */
    public static String beginningOf(byte[] bytes, int offset, int length, int most) {
        int kept = Math.min(length, most);
        while (kept < length && kept > most - 3 && (bytes[offset + kept] & 0xc0) == 0x80) {
            kept--;
        }
        return new String(bytes, offset, kept, StandardCharsets.UTF_8);
    }
}
