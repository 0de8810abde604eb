package io.entrawatch.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names an alert by what it found, so that finding it again makes no second alert. */
public final class AlertId {

    private AlertId() {}

    /**
     * Hex of SHA-256 over the tenant, the detection, the group and what triggered it.
     *
     * @param group the values of the detection's {@code group-by}
     * @param triggers the ids of events, or of the alerts that the detection looks at: one event may have made several of them
     */
    public static String of(String tenant, String detection, List<String> group, List<String> triggers) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, tenant);
            add(digest, detection);
            group.forEach(value -> add(digest, value));
            triggers.forEach(id -> add(digest, id));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Each part with its length before it, so that no two lists of parts read the same. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
