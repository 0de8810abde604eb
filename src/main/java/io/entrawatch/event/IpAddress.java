package io.entrawatch.event;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.StringJoiner;

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

    /** The library looks nothing up where a text has a colon and begins with one or with a digit. */
    private static byte @Nullable [] parseIpv6(String text) {
        if (text.charAt(0) == '.') {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
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
        return from < 0 ? groups(0, GROUPS) : groups(0, from) + "::" + groups(from + longest, GROUPS);
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

    private String groups(int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int i) {
        return (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
}
