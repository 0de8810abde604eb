package io.entrawatch.event;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CidrSetTest {

    /** Few different bytes, so that blocks overlap and addresses are found. */
    private static final Arbitrary<Byte> BYTE = Arbitraries.of((byte) 0, (byte) 1, (byte) 0x80, (byte) 0xff);

    @Property(seed = "7")
    void aSetContainsWhatOneOfItsBlocksContains(
            @ForAll("blocks") List<String> blocks, @ForAll("addresses") List<String> addresses) {
        List<Cidr> parsed = blocks.stream().map(Cidr::parse).toList();
        CidrSet set = CidrSet.of(parsed);
        for (String text : addresses) {
            IpAddress address = IpAddress.parse(text);
            assertThat(set.contains(address))
                    .as("%s in %s", text, blocks)
                    .isEqualTo(parsed.stream().anyMatch(block -> block.contains(address)));
        }
    }

    @Provide
    Arbitrary<List<String>> blocks() {
        return block(4).list()
                .ofMaxSize(8)
                .flatMap(ipv4 -> block(16).list().ofMaxSize(8).map(ipv6 -> joined(ipv4, ipv6)));
    }

    @Provide
    Arbitrary<List<String>> addresses() {
        return Arbitraries.oneOf(address(4), address(16)).list().ofMinSize(1).ofMaxSize(20);
    }

    private static Arbitrary<String> block(int bytes) {
        return Combinators.combine(address(bytes), Arbitraries.integers().between(0, bytes * 8))
                .as((address, bits) -> address + "/" + bits);
    }

    private static Arbitrary<String> address(int length) {
        return BYTE.array(byte[].class).ofSize(length).map(bytes -> {
            try {
                return InetAddress.getByAddress(bytes).getHostAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static List<String> joined(List<String> ipv4, List<String> ipv6) {
        List<String> joined = new ArrayList<>(ipv4);
        joined.addAll(ipv6);
        return joined;
    }

    @Test
    void tenThousandBlocksAreOneSet() {
        List<Cidr> blocks = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            blocks.add(Cidr.parse("10." + i / 250 + "." + i % 250 + ".64/26"));
        }
        CidrSet set = CidrSet.of(blocks);
        assertThat(set.contains("10.39.249.64")).isTrue();
        assertThat(set.contains("10.39.249.127")).isTrue();
        assertThat(set.contains("10.39.249.128")).isFalse();
        assertThat(set.contains("10.40.0.64")).isFalse();
    }

    @Test
    void anEmptySetAndWhatIsNoAddressContainNothing() {
        assertThat(CidrSet.of(List.of()).contains("192.0.2.1")).isFalse();
        CidrSet everything = CidrSet.of(List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));
        assertThat(everything.contains("contoso.example")).isFalse();
        assertThat(everything.contains((String) null)).isFalse();
        assertThat(everything.contains("255.255.255.255")).isTrue();
        assertThat(everything.contains("ffff::")).isTrue();
    }
}
