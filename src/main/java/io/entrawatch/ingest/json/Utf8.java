package io.entrawatch.ingest.json;

/** Characters of more than one byte, as RFC 3629 allows them. */
public final class Utf8 {

    private Utf8() {}

    /** Checks the character that begins here with a byte beyond ASCII, and returns where it ends. */
    static int end(byte[] bytes, int first, int end) throws RejectedRecordException {
        int lead = bytes[first] & 0xff;
        int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        int second = first + 1 < end ? bytes[first + 1] & 0xff : 0;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        boolean good = lead >= 0xc2 && lead <= 0xf4 && second >= lowest && second <= highest;
        for (int i = first + 2; good && i < first + length; i++) {
            good = i < end && (bytes[i] & 0xc0) == 0x80;
        }
        if (!good) {
            throw new RejectedRecordException(
                    "invalid-utf8", "byte 0x" + Integer.toHexString(lead) + " (expected: text in UTF-8)");
        }
        return first + length;
    }

    /** The length of the byte order mark with which some writers begin. */
    public static int lengthOfMark(byte[] bytes, int offset, int length) {
        boolean marked = length >= 3
                && bytes[offset] == (byte) 0xef
                && bytes[offset + 1] == (byte) 0xbb
                && bytes[offset + 2] == (byte) 0xbf;
        return marked ? 3 : 0;
    }
}
