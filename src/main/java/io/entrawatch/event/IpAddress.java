package io.entrawatch.event;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** An IPv4 or IPv6 address read from its text, without ever asking a name server. */
public final class IpAddress {

    private static final int IPV4_PREFIX = 24;
    private static final int IPV6_PREFIX = 48;
    private static final int GROUPS = 8;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The address, or null where the text is none. A port behind an IPv4 address or behind brackets is left out; an
     * IPv4 address written as IPv6 becomes IPv4.
     */
    public static @Nullable IpAddress parse(@Nullable String text) {
        if (text == null || text.length() < 2 || text.length() > 60) {
            return null;
        }
        String bare = text;
        if (bare.charAt(0) == '[') {
            int end = bare.indexOf(']');
            bare = end < 0 ? bare : bare.substring(1, end);
        } else if (bare.indexOf(':') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':')) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        byte[] bytes = bare.indexOf(':') >= 0 ? parseIpv6(bare) : parseIpv4(bare);
        return bytes == null ? null : new IpAddress(bytes);
    }

    /** @param bytes four or sixteen */
    static IpAddress of(byte[] bytes) {
        return new IpAddress(bytes);
    }

    private static byte @Nullable [] parseIpv4(String text) {
        byte[] bytes = new byte[4];
        int part = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (value < 0 || part > 3) {
                    return null;
                }
                bytes[part++] = (byte) value;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return part == 4 ? bytes : null;
    }

    private static byte @Nullable [] parseIpv6(String text) {
        byte[] bytes = parseGroups(text);
        return bytes != null ? bytes : lookUpIpv6(text);
    }

    /**
     * As nearly all are written: groups of one to four digits, and once or never {@code ::}. Null where it is written in another
     * way, or is none; the library can tell.
     */
    private static byte @Nullable [] parseGroups(String text) {
        byte[] bytes = new byte[2 * GROUPS];
        int groups = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int begun = at;
            int group = 0;
            while (at < text.length() && hexDigit(text.charAt(at)) >= 0) {
                group = group << 4 | hexDigit(text.charAt(at++));
            }
            if (at == begun || at - begun > 4 || groups == GROUPS) {
                return null;
            }
            bytes[2 * groups] = (byte) (group >> 8);
            bytes[2 * groups + 1] = (byte) group;
            groups++;
            if (at == text.length()) {
                break;
            }
            if (text.charAt(at++) != ':' || at == text.length()) {
                return null;
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = groups;
                at++;
            }
        }
        boolean whole = gap < 0 ? groups == GROUPS : groups < GROUPS;
        return whole && fill(bytes, groups, gap) ? bytes : null;
    }

    /** Moves what stands behind the gap to the end. False where it is an IPv4 address in IPv6. */
    private static boolean fill(byte[] bytes, int groups, int gap) {
        if (gap >= 0) {
            int behind = 2 * (groups - gap);
            System.arraycopy(bytes, 2 * gap, bytes, bytes.length - behind, behind);
            Arrays.fill(bytes, 2 * gap, bytes.length - behind, (byte) 0);
        }
        return !isMapped(bytes);
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' && c < 128 ? lower - 'a' + 10 : -1;
    }

    /** The library looks nothing up where a text has a colon and begins with one or with a digit of ASCII. */
    private static byte @Nullable [] lookUpIpv6(String text) {
        if (text.charAt(0) == '.') {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (hexDigit(c) < 0 && c != ':' && c != '.') {
                return null;
            }
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** True where both lie in one /24 of IPv4 or one /48 of IPv6. */
    public boolean isNear(IpAddress other) {
        return sharesPrefix(other.bytes, bytes.length == 4 ? IPV4_PREFIX : IPV6_PREFIX);
    }

    /** True where the first bits are the same; never for addresses of two families. */
    public boolean sharesPrefix(byte[] network, int bits) {
        if (network.length != bytes.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(bytes, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || ((bytes[whole] ^ network[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    /** True for {@code 0.0.0.0} and {@code ::}, which stand for no address. */
    public boolean isUnspecified() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The address in its short form, {@code 2001:db8::1}, as Entra and Elasticsearch write it (RFC 5952). */
    public String text() {
        if (bytes.length == 4) {
            return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        }
        int longest = 1;
        int from = -1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(i);
            if (zeros > longest) {
                longest = zeros;
                from = i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        if (from < 0) {
            return appendGroups(text, 0, GROUPS).toString();
        }
        appendGroups(text, 0, from).append("::");
        return appendGroups(text, from + longest, GROUPS).toString();
    }

    /** The block that {@link #isNear} speaks of: {@code 203.0.113.0/24}, {@code 2001:db8:40::/48}. */
    public String network() {
        int prefix = bytes.length == 4 ? IPV4_PREFIX : IPV6_PREFIX;
        byte[] first = Arrays.copyOf(Arrays.copyOf(bytes, prefix / 8), bytes.length);
        return new IpAddress(first).text() + "/" + prefix;
    }

    private int zerosFrom(int first) {
        int i = first;
        while (i < GROUPS && group(i) == 0) {
            i++;
        }
        return i - first;
    }

    private StringBuilder appendGroups(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (i > from) {
                text.append(':');
            }
            int group = group(i);
            boolean begun = false;
            for (int shift = 12; shift >= 0; shift -= 4) {
                int digit = group >> shift & 0xf;
                begun |= digit != 0 || shift == 0;
                if (begun) {
                    text.append(Character.forDigit(digit, 16));
                }
            }
        }
        return text;
    }

    private int group(int i) {
        return (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
}
