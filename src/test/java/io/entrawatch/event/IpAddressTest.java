package io.entrawatch.event;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1",
        "255.255.255.255,255.255.255.255",
        "192.0.2.1:443,192.0.2.1",
        "[192.0.2.1]:443,192.0.2.1",
        "2001:db8::1,2001:db8::1",
        "2001:0DB8:0:0:0:0:0:1,2001:db8::1",
        "[2001:db8::1]:443,2001:db8::1",
        "[2001:db8::1],2001:db8::1",
        "2001:db8:0:1:1:1:1:1,2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "fe80::,fe80::",
        "::1,::1",
        "::ffff:192.0.2.1,192.0.2.1"
    })
    void anAddressIsReadAndWrittenInItsShortForm(String text, String expected) {
        assertThat(IpAddress.parse(text).text()).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "1",
                "192.0.2",
                "192.0.2.1.1",
                "192.0.2.256",
                "192.0.2.-1",
                "192.0.2.",
                ".192.0.2.1",
                "192..2.1",
                "3221225985",
                "0xc0000201",
                "<null>",
                "localhost",
                "contoso.example",
                "contoso.example:443",
                "::2a02:8084::6fc6",
                ":::",
                "2001:db8",
                "2001:db8:::1",
                "12345::",
                "2001:db8::g",
                "fe80::1%eth0",
                "[2001:db8::1",
                "[]",
                "[]:443",
                ":",
                "a:b:c",
                "bad:cafe"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    /** Of texts that are nearly addresses, as many as the library takes, and as it reads them. */
    @Property(tries = 20_000, seed = "20260302")
    void anAddressIsReadAsTheLibraryReadsIt(@ForAll("nearlyAddresses") String text) {
        IpAddress read = IpAddress.parse(text);

        assertThat(read == null ? null : read.bytes()).isEqualTo(readByTheLibrary(text));
        if (read != null) {
            assertThat(IpAddress.parse(read.text()).bytes()).isEqualTo(read.bytes());
        }
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        return Arbitraries.of(
                        "::", ":", ":", ":", "0", "1", "ab", "00ff", "FFFF", "ffff", "2001", "12345", "g", "192.0.2.1")
                .list()
                .ofMinSize(2)
                .ofMaxSize(17)
                .map(pieces -> String.join("", pieces))
                .filter(text -> text.indexOf(':') != text.lastIndexOf(':') && text.length() <= 60);
    }

    private static byte[] readByTheLibrary(String text) {
        if (!text.matches("[0-9a-fA-F:.]*")) {
            return null;
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Java takes a text that begins with neither a digit nor a colon for the name of a host. */
    @ParameterizedTest
    @ValueSource(strings = {".::1", "..::", ".:1:2", ".a:b:c.example", "\u0661::1"})
    void nonsenseIsNeverTakenForTheNameOfAHost(String text) {
        assertThat(IpAddress.parse(text)).isNull();
    }

    @Test
    void noDigitOfAnotherScriptIsLookedUp(@TempDir Path directory) throws Exception {
        Path hosts = directory.resolve("hosts");
        Files.writeString(hosts, "192.0.2.66 " + String.join(" ", DigitsOfOtherScripts.TEXTS) + "\n");
        Path said = directory.resolve("said");
        // The names that Java knows without a server are read once and for all, so that it takes a JVM of its own.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DigitsOfOtherScripts.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(said)).isEqualTo("none none none ");
    }

    static final class DigitsOfOtherScripts {

        static final List<String> TEXTS = List.of("\u0661::1", "1::\u0661", "\uff11::1");

        public static void main(String[] arguments) {
            for (String text : TEXTS) {
                IpAddress read = IpAddress.parse(text);
                System.out.print((read == null ? "none" : read.text()) + " ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.254,true",
        "192.0.2.1,192.0.3.1,false",
        "2001:db8:1::1,2001:db8:1:ffff::1,true",
        "2001:db8:1::1,2001:db8:2::1,false",
        "192.0.2.1,2001:db8::1,false"
    })
    void addressesOfOneNetworkAreNear(String one, String other, boolean near) {
        assertThat(IpAddress.parse(one).isNear(IpAddress.parse(other))).isEqualTo(near);
        assertThat(IpAddress.parse(other).isNear(IpAddress.parse(one))).isEqualTo(near);
    }

    @Test
    void onlyZerosStandForNoAddress() {
        assertThat(IpAddress.parse("0.0.0.0").isUnspecified()).isTrue();
        assertThat(IpAddress.parse("::").isUnspecified()).isTrue();
        assertThat(IpAddress.parse("0.0.0.1").isUnspecified()).isFalse();
        assertThat(IpAddress.parse("::1").isUnspecified()).isFalse();
    }

    @Test
    void nobodyCanChangeAnAddressThroughItsBytes() {
        IpAddress address = IpAddress.parse("192.0.2.1");
        address.bytes()[0] = 7;
        assertThat(address.text()).isEqualTo("192.0.2.1");
    }
}
