package io.entrawatch;

import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Ports that speak TLS and yet shake no hands. */
@Timeout(60)
class TlsProbeTest {

    @Test
    void whoRefusesInTlsSpeaksIt() throws Exception {
        SSLContext withoutKeys = SSLContext.getInstance("TLS");
        withoutKeys.init(null, null, null);
        try (SSLServerSocket server = (SSLServerSocket)
                withoutKeys.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread refusing = new Thread(() -> refuse(server));
            refusing.start();
            assertThat(TlsProbe.of("localhost:" + server.getLocalPort())).isEqualTo(TlsProbe.SPEAKS_TLS);
            refusing.join();
        }
    }

    private static void refuse(SSLServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
        } catch (java.io.IOException e) {
            assertThat(e).hasMessageContaining("no cipher suites in common");
        }
    }
}
