package io.entrawatch.sink;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.settings.OutputSettings;
import io.entrawatch.settings.Secret;
import io.entrawatch.testkit.Certificates;
import io.entrawatch.testkit.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the client makes of proxies before Elasticsearch that close connections. */
@Timeout(60)
class ElasticsearchClientTest {

    private static final int TLS_HANDSHAKE = 0x16;

    @TempDir
    private static Path directory;

    private static Path authority;
    private static SSLContext context;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Certificates certificates = Certificates.in(directory);
        authority = certificates.pem();
        context = Certificates.showing(certificates.server("proxy", "dns:localhost"));
    }

    @Test
    void whoWantsTlsOfThoseWhoSpeakPlainTextIsAskedAgain() throws Exception {
        for (String status : List.of("400 Bad Request", "308 Permanent Redirect")) {
            try (Proxy proxy = new Proxy(0, status)) {
                assertThatThrownBy(() -> proxy.client().head("/"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(proxy.address());
            }
        }
    }

    @Test
    void whoAnswersThoseWhoSpeakPlainTextDoesNotSpeakTls() throws Exception {
        try (Proxy proxy = new Proxy(0, "401 Unauthorized")) {
            assertThatThrownBy(() -> proxy.client().head("/"))
                    .isInstanceOf(SinkSetupException.class)
                    .hasMessageContaining("does not speak TLS");
        }
    }

    @Test
    void whoHasAnsweredBeforeIsAskedAgain() throws Exception {
        try (Proxy proxy = new Proxy(1, "401 Unauthorized")) {
            ElasticsearchClient client = proxy.client();
            assertThat(client.head("/").statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> client.head("/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(proxy.address());
        }
    }

    @Test
    void anAnswerThatBreaksOffInTheMiddleIsNotWaitedForForEver() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> asked = CompletableFuture.supplyAsync(() -> beginAnAnswer(server));
            ElasticsearchClient client = client(Duration.ofSeconds(1), "http://localhost:" + server.getLocalPort());
            assertThatThrownBy(() -> client.put("/", "{}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no whole answer within 2 s");
            asked.get().close();
        }
    }

    @Test
    void aKeyThatCannotBeSentIsNotRepeated() {
        OutputSettings.Elasticsearch settings = new OutputSettings.Elasticsearch(
                List.of("http://localhost:1"),
                "entrawatch",
                null,
                null,
                new Secret("planted-5b0c\nnext: line"),
                null,
                false,
                Duration.ofSeconds(1),
                10,
                1);
        assertThatThrownBy(() -> new ElasticsearchClient(settings).head("/"))
                .isInstanceOf(SinkSetupException.class)
                .hasNoCause()
                .hasMessageContaining("api-key")
                .hasMessageNotContaining("planted");
    }

    private static Socket beginAnAnswer(ServerSocket server) {
        try {
            Socket socket = server.accept();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aHostThatIsDownIsLeftAloneWhileThereIsAnother() throws Exception {
        String down = "http://localhost:" + Ports.free();
        HttpServer up = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        up.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        up.start();
        try {
            ElasticsearchClient client = client(
                    Duration.ofSeconds(20),
                    down,
                    "http://localhost:" + up.getAddress().getPort());
            assertThatThrownBy(() -> client.head("/"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(down);
            for (int i = 0; i < 5; i++) {
                assertThat(client.head("/").statusCode()).isEqualTo(200);
            }
        } finally {
            up.stop(0);
        }
    }

    @Test
    void whereAllHostsAreDownTheyAreAskedInTurn() throws Exception {
        String one = "http://localhost:" + Ports.free();
        String other = "http://localhost:" + Ports.free();
        ElasticsearchClient client = client(Duration.ofSeconds(20), one, other);
        for (String host : List.of(one, other, one, other)) {
            assertThatThrownBy(() -> client.head("/")).hasMessageContaining(host);
        }
    }

    @Test
    void aCertificateThatIsNotValidYetIsToldWithBothTimes() throws Exception {
        SSLContext early =
                Certificates.showing(Certificates.in(directory.resolve("early")).early("early", "dns:localhost"));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(early));
        server.start();
        try {
            ElasticsearchClient client = client(
                    Duration.ofSeconds(20),
                    directory.resolve("early/authority.pem"),
                    "https://localhost:" + server.getAddress().getPort());
            assertThatThrownBy(() -> client.head("/"))
                    .isInstanceOf(SinkSetupException.class)
                    .hasMessageMatching(".*: its certificate is not valid yet: valid from .+; this machine's clock says"
                            + " \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ \\(expected: .*");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatElseIsWrongWithACertificateIsToldInTheWordsOfTheValidator() {
        Throwable weak = new SSLHandshakeException("PKIX path validation failed")
                .initCause(new CertPathValidatorException("Algorithm constraints check failed: SHA1withRSA"));
        assertThat(ConnectionFailure.toPutRight(weak, null))
                .contains("not valid: Algorithm constraints check failed: SHA1withRSA")
                .doesNotContain("authority");
        Throwable unknown = new SSLHandshakeException("PKIX path validation failed")
                .initCause(new CertPathValidatorException(
                        "Path does not chain with any of the trust anchors",
                        null,
                        null,
                        -1,
                        PKIXReason.NO_TRUST_ANCHOR));
        assertThat(ConnectionFailure.toPutRight(unknown, null)).contains("authority that is not trusted", "ca-file");
    }

    private static ElasticsearchClient client(Duration timeout, String... hosts) {
        return client(timeout, authority, hosts);
    }

    private static ElasticsearchClient client(Duration timeout, Path caFile, String... hosts) {
        return new ElasticsearchClient(new OutputSettings.Elasticsearch(
                List.of(hosts), "entrawatch", null, null, null, caFile.toString(), false, timeout, 10, 1));
    }

    /** Answers so many requests in TLS, closes all further ones without a word, and answers plain text like this. */
    private static final class Proxy implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final String inPlainText;
        private final Thread answering = new Thread(this::answer);
        private int left;

        Proxy(int answers, String inPlainText) throws IOException {
            this.left = answers;
            this.inPlainText = inPlainText;
            answering.start();
        }

        String address() {
            return "https://localhost:" + server.getLocalPort();
        }

        ElasticsearchClient client() {
            return ElasticsearchClientTest.client(Duration.ofSeconds(20), address());
        }

        private void answer() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    int first = socket.getInputStream().read();
                    if (first == TLS_HANDSHAKE) {
                        answerInTls(socket, first);
                    } else {
                        write(socket, inPlainText);
                    }
                } catch (IOException e) {
                    // Whoever asked has gone, or the test is over.
                }
            }
        }

        private void answerInTls(Socket socket, int first) throws IOException {
            InputStream read = new ByteArrayInputStream(new byte[] {(byte) first});
            try (Socket tls = context.getSocketFactory().createSocket(socket, read, true)) {
                readRequest(tls);
                if (left > 0) {
                    left--;
                    write(tls, "200 OK");
                }
            }
        }

        private static void readRequest(Socket socket) throws IOException {
            String read = "";
            while (!read.endsWith("\r\n\r\n")) {
                read += (char) socket.getInputStream().read();
            }
        }

        private static void write(Socket socket, String status) throws IOException {
            String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        @Override
        public void close() throws Exception {
            server.close();
            answering.join();
        }
    }
}
