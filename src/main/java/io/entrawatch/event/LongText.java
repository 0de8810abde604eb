package io.entrawatch.event;

/** Texts of records that are longer than anybody reads. */
public final class LongText {

    /** Of a value that an alert shows beside others. */
    private static final int LONGEST_VALUE = 500;

    private LongText() {}

    /** A value that an alert shows, which may be as long as a record. */
    public static String cutValue(String value) {
        return cut(value, LONGEST_VALUE);
    }

    /** So many characters of a text and a mark, where it has more; none is cut in two, because no half of one can be written. */
    public static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
