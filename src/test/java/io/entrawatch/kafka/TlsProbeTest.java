package io.entrawatch.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

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
            CompletableFuture<String> refusing = CompletableFuture.supplyAsync(() -> refuse(server));
            assertThat(TlsProbe.of("localhost:" + server.getLocalPort())).isEqualTo(TlsProbe.SPEAKS_TLS);
            assertThat(refusing.get()).contains("No available authentication scheme");
        }
    }

    @Test
    void whoBreaksOffMaySpeakEither() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> resetting = CompletableFuture.runAsync(() -> resetTwice(server));
            assertThat(TlsProbe.of("localhost:" + server.getLocalPort())).isEqualTo(TlsProbe.BREAKS_OFF);
            resetting.get();
        }
    }

    @Test
    void whoClosesWithoutAWordMaySpeakEither() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> closeTwice(server));
            assertThat(TlsProbe.of("localhost:" + server.getLocalPort())).isEqualTo(TlsProbe.BREAKS_OFF);
            closing.get();
        }
    }

    /** Whether it is spoken to in TLS or in plain text. */
    private static void resetTwice(ServerSocket server) {
        for (int i = 0; i < 2; i++) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().readNBytes(4);
                // With what it was sent unread, and no time to linger, the connection ends in a reset.
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As a proxy does whose broker is away. */
    private static void closeTwice(ServerSocket server) {
        for (int i = 0; i < 2; i++) {
            try (Socket socket = server.accept()) {
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Why it refused. */
    private static String refuse(SSLServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            return "it did not";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
