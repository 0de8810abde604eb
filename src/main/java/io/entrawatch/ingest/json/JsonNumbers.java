package io.entrawatch.ingest.json;

/** Numbers as JSON writes them. */
final class JsonNumbers {

    private JsonNumbers() {}

    /** Checks the number that begins here, and returns where it ends. */
    static int end(byte[] bytes, int start, int end) throws RejectedRecordException {
        int at = start;
        if (bytes[at] == '-') {
            at++;
        } else if (!isDigit(bytes[at])) {
            throw NotJson.unexpected(bytes[at] & 0xff, "a value");
        }
        at = at < end && bytes[at] == '0' ? at + 1 : afterDigits(bytes, at, end);
        if (at < end && bytes[at] == '.') {
            at = afterDigits(bytes, at + 1, end);
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            at++;
            boolean signed = at < end && (bytes[at] == '+' || bytes[at] == '-');
            at = afterDigits(bytes, signed ? at + 1 : at, end);
        }
        return at;
    }

    private static int afterDigits(byte[] bytes, int start, int end) throws RejectedRecordException {
        int at = start;
        while (at < end && isDigit(bytes[at])) {
            at++;
        }
        if (at == start) {
            throw NotJson.unexpected(at < end ? bytes[at] & 0xff : -1, "a digit");
        }
        return at;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
