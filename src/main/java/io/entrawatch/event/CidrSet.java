package io.entrawatch.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Many blocks of addresses, of which an address is found in as many steps as their number has bits. */
public final class CidrSet implements Serializable {

    public static final CidrSet EMPTY = new CidrSet(List.of());

    private static final long serialVersionUID = 1L;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final Ranges ipv4;
    private final Ranges ipv6;

    private CidrSet(Collection<Cidr> blocks) {
        this.ipv4 = Ranges.of(blocks, IPV4_BYTES);
        this.ipv6 = Ranges.of(blocks, IPV6_BYTES);
    }

    public static CidrSet of(Collection<Cidr> blocks) {
        return blocks.isEmpty() ? EMPTY : new CidrSet(blocks);
    }

    public boolean isEmpty() {
        return ipv4.isEmpty() && ipv6.isEmpty();
    }

    public boolean contains(IpAddress address) {
        byte[] bytes = address.bytes();
        return (bytes.length == IPV4_BYTES ? ipv4 : ipv6).contains(Bits.of(bytes));
    }

    /** True where the text is an address in one of the blocks. */
    public boolean contains(@Nullable String text) {
        IpAddress address = isEmpty() ? null : IpAddress.parse(text);
        return address != null && contains(address);
    }

    /** An address as a number of 128 bits; one of IPv4 fills the lowest 32. */
    private record Bits(long high, long low) {

        static Bits of(byte[] bytes) {
            long high = 0;
            long low = 0;
            for (byte b : bytes) {
                high = high << 8 | low >>> 56;
                low = low << 8 | (b & 0xff);
            }
            return new Bits(high, low);
        }

        /** The same with its last bits all 0, or all 1. */
        Bits withLast(int count, boolean ones) {
            long lowMask = count >= Long.SIZE ? -1L : (1L << count) - 1;
            long highMask = count <= Long.SIZE ? 0 : count == 2 * Long.SIZE ? -1L : (1L << (count - Long.SIZE)) - 1;
            return ones ? new Bits(high | highMask, low | lowMask) : new Bits(high & ~highMask, low & ~lowMask);
        }
    }

    /** Ranges of one family, in order and apart from each other, from a first to a last address. */
    private record Ranges(long[] firstHigh, long[] firstLow, long[] lastHigh, long[] lastLow) implements Serializable {

        static Ranges of(Collection<Cidr> blocks, int bytes) {
            List<Bits[]> merged = new ArrayList<>();
            for (Bits[] range : sorted(blocks, bytes)) {
                Bits[] previous = merged.isEmpty() ? null : merged.get(merged.size() - 1);
                if (previous == null || compare(range[0], previous[1]) > 0) {
                    merged.add(range);
                }
            }
            return new Ranges(
                    merged.stream().mapToLong(range -> range[0].high()).toArray(),
                    merged.stream().mapToLong(range -> range[0].low()).toArray(),
                    merged.stream().mapToLong(range -> range[1].high()).toArray(),
                    merged.stream().mapToLong(range -> range[1].low()).toArray());
        }

        /** Of two blocks that share an address one holds the other; the larger one comes first. */
        private static List<Bits[]> sorted(Collection<Cidr> blocks, int bytes) {
            List<Bits[]> ranges = new ArrayList<>();
            for (Cidr block : blocks) {
                if (block.network().length == bytes) {
                    Bits bits = Bits.of(block.network());
                    int free = bytes * 8 - block.bits();
                    ranges.add(new Bits[] {bits.withLast(free, false), bits.withLast(free, true)});
                }
            }
            ranges.sort(Comparator.comparing((Bits[] range) -> range[0], Ranges::compare)
                    .thenComparing(range -> range[1], (a, b) -> compare(b, a)));
            return ranges;
        }

        boolean isEmpty() {
            return firstLow.length == 0;
        }

        boolean contains(Bits address) {
            int from = 0;
            int to = firstLow.length - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                if (compare(address.high(), address.low(), firstHigh[middle], firstLow[middle]) < 0) {
                    to = middle - 1;
                } else if (compare(address.high(), address.low(), lastHigh[middle], lastLow[middle]) > 0) {
                    from = middle + 1;
                } else {
                    return true;
                }
            }
            return false;
        }

        private static int compare(Bits a, Bits b) {
            return compare(a.high(), a.low(), b.high(), b.low());
        }

        private static int compare(long high, long low, long otherHigh, long otherLow) {
            int byHigh = Long.compareUnsigned(high, otherHigh);
            return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
        }
    }
}
