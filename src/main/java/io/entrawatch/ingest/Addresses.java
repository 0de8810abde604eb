package io.entrawatch.ingest;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.IpAddress;

/**
 * Reads the addresses of records. To read one anew takes less time than to find it among the thousands that come again. Not
 * thread-safe.
 */
final class Addresses {

    /**
     * An address that was read.
     *
     * @param text in its one way of writing, or as it stood where it is malformed; null where it stands for none
     * @param address null where it is malformed or stands for none
     */
    record Known(@Nullable String text, @Nullable IpAddress address) {

        /** The /24 or /48; null where there is no address. */
        @Nullable
        String network() {
            return address == null ? null : address.network();
        }
    }

    private static final Known NONE = new Known(null, null);

    private @Nullable String latest;
    private Known ofLatest = NONE;

    /** Of one record the same address is asked for several times. */
    @SuppressWarnings("ReferenceEquality")
    Known of(@Nullable String written) {
        if (written == null) {
            return NONE;
        }
        if (written != latest) {
            ofLatest = read(written);
            latest = written;
        }
        return ofLatest;
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
        return new Known(text.equals(written) ? written : text, address);
    }
}
