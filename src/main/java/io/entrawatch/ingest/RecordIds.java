package io.entrawatch.ingest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;

/** Names records that have no id after their bytes, so that a copy of a record is known as one. */
final class RecordIds {

    private static final int LENGTH = 16;

    private RecordIds() {}

    /** The record's own id, or the one of its bytes. */
    static String ifNeeded(FieldValues fields, byte[] bytes, int offset, int length) {
        String id = fields.first(Field.ID);
        return id != null && !id.isBlank() ? id : of(bytes, offset, length);
    }

    static String of(byte[] bytes, int offset, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, offset, length);
            return "sha256-" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), LENGTH));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
