package io.entrawatch.event;

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
}
