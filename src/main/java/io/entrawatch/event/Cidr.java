package io.entrawatch.event;

import java.io.Serializable;

/** A block of addresses such as {@code 192.0.2.0/24} or {@code 2001:db8::/32}. */
public final class Cidr implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int BITS_BEFORE_IPV4 = 96;

    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads a block; an address without a prefix length is a block of one. A block of IPv4 written as IPv6,
     * {@code ::ffff:192.0.2.0/120}, is that of IPv4.
     *
     * @throws IllegalArgumentException if the text is no block of addresses
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String first = slash < 0 ? text : text.substring(0, slash);
        IpAddress address = IpAddress.parse(first);
        if (address == null || hasPort(first)) {
            throw invalid(text);
        }
        int length = address.bytes().length * 8;
        int bits = slash < 0 ? length : prefixLength(text, slash);
        if (slash >= 0 && length == Integer.SIZE && text.lastIndexOf(':', slash) > text.indexOf(':')) {
            bits -= BITS_BEFORE_IPV4;
        }
        if (bits < 0 || bits > length) {
            throw invalid(text);
        }
        return new Cidr(address.bytes(), bits);
    }

    public boolean contains(IpAddress address) {
        return address.sharesPrefix(network, bits);
    }

    /** True for a block that has all addresses of IPv4, or of IPv6, in it. */
    public boolean isEverything() {
        return bits == 0;
    }

    @Override
    public String toString() {
        return IpAddress.of(network).text() + "/" + bits;
    }

    byte[] network() {
        return network;
    }

    int bits() {
        return bits;
    }

    /** Addresses may have ports or brackets around them, blocks have not. */
    private static boolean hasPort(String address) {
        boolean oneColon = address.indexOf(':') >= 0 && address.indexOf(':') == address.lastIndexOf(':');
        return oneColon || address.indexOf('[') >= 0;
    }

    private static int prefixLength(String text, int slash) {
        String digits = text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}")) {
            throw invalid(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException(text + " (expected: a block of addresses such as 192.0.2.0/24)");
    }
}
