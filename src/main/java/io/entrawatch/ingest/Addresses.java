package io.entrawatch.ingest;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.IpAddress;

/** Reads the addresses of records and remembers them, because most come again. Not thread-safe. */
final class Addresses {

    /**
     * An address that was read.
     *
     * @param text in its one way of writing, or as it stood where it is malformed; null where it stands for none
     * @param network the /24 or /48; null where it is malformed or stands for none
     */
    record Known(@Nullable String text, @Nullable String network) {}

    private static final Known NONE = new Known(null, null);
    private static final int MOST = 20_000;
    private static final int LONGEST = 100;

    private final Map<String, Known> known = new HashMap<>();

    private @Nullable String latest;
    private Known ofLatest = NONE;

    /** Of one record the same address is asked for several times. */
    @SuppressWarnings("ReferenceEquality")
    Known of(@Nullable String written) {
        if (written == null) {
            return NONE;
        }
        if (written != latest) {
            ofLatest = find(written);
            latest = written;
        }
        return ofLatest;
    }

    private Known find(String written) {
        if (written.length() > LONGEST) {
            return read(written);
        }
        Known before = known.get(written);
        if (before != null) {
            return before;
        }
        if (known.size() == MOST) {
            known.clear();
        }
        Known read = read(written);
        known.put(written, read);
        return read;
    }

    /** Without blanks around it, and without the zone of an IPv6 address, which only its own machine knows. */
    private static String bare(String written) {
        String text = written.strip();
        int zone = text.indexOf('%');
        if (zone < 0 || text.indexOf(':') < 0) {
            return text;
        }
        int end = text.indexOf(']', zone);
        return text.substring(0, zone) + (end < 0 ? "" : text.substring(end));
    }

    private static Known read(String written) {
        IpAddress address = IpAddress.parse(bare(written));
        boolean none = written.isBlank() || written.equals("<null>") || (address != null && address.isUnspecified());
        if (none) {
            return NONE;
        }
        if (address == null) {
            return new Known(written, null);
        }
        String text = address.text();
        return new Known(text.equals(written) ? written : text, address.network());
    }
}
