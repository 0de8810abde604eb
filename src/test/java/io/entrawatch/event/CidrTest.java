package io.entrawatch.event;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.0",
        "192.0.2.0/24,192.0.2.255",
        "192.0.2.77/24,192.0.2.1",
        "192.0.2.128/25,192.0.2.128",
        "192.0.2.8/29,192.0.2.15",
        "192.0.2.0/31,192.0.2.1",
        "192.0.2.1/32,192.0.2.1",
        "192.0.2.1,192.0.2.1",
        "0.0.0.0/0,203.0.113.9",
        "2001:db8::/32,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/33,2001:db8:7fff::1",
        "2001:db8::1/128,2001:db8::1",
        "::/0,2001:db8::1",
        "::ffff:192.0.2.0/120,192.0.2.255",
        "::ffff:192.0.2.1/128,192.0.2.1",
        "::ffff:192.0.2.1,192.0.2.1"
    })
    void aBlockContainsItsAddresses(String block, String address) {
        assertThat(Cidr.parse(block).contains(IpAddress.parse(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.3.0",
        "192.0.2.0/24,192.0.1.255",
        "192.0.2.128/25,192.0.2.127",
        "192.0.2.8/29,192.0.2.16",
        "192.0.2.1/32,192.0.2.2",
        "192.0.2.1,192.0.2.0",
        "2001:db8::/32,2001:db9::",
        "2001:db8::/33,2001:db8:8000::",
        "0.0.0.0/0,2001:db8::1",
        "::/0,192.0.2.1",
        "::ffff:192.0.2.0/120,192.0.3.0"
    })
    void aBlockContainsNoOthers(String block, String address) {
        assertThat(Cidr.parse(block).contains(IpAddress.parse(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/24",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/2x",
                "192.0.2.0/24/24",
                "192.0.2/24",
                "::ffff:192.0.2.0/24",
                "::ffff:192.0.2.0/129",
                "2001:db8::/129",
                "2001:db8::/1000",
                "192.0.2.0:443/24",
                "192.0.2.0:443",
                "[2001:db8::1]/64",
                "contoso.example/24"
            })
    void whatIsNoBlockIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(text + " (expected: a block of addresses such as 192.0.2.0/24)");
    }
}
