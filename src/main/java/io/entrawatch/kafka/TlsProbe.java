package io.entrawatch.kafka;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Finds out whether a port speaks TLS, where Kafka's client only says that nobody answers. */
enum TlsProbe {
    SPEAKS_TLS,
    SPEAKS_OTHERWISE,
    /** Takes a connection and says nothing, closes or resets it: as a proxy does whose broker is away. */
    BREAKS_OFF,
    NOT_REACHED;

    private static final int LONGEST_WAIT_MILLIS = 5_000;
    private static final Pattern PROTOCOL = Pattern.compile("^\\w+://");

    /** Which versions a broker knows, which it tells anybody: ApiVersions, version 0, in ten bytes after their number. */
    private static final byte[] QUESTION = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0, -1, -1};

    /** Asks the first that answers of some addresses such as {@code one:9092,SASL_SSL://two:9092}. */
    static TlsProbe of(String addresses) {
        for (String address : addresses.split(",", -1)) {
            TlsProbe answer = ofOne(PROTOCOL.matcher(address.strip()).replaceFirst(""));
            if (answer != NOT_REACHED) {
                return answer;
            }
        }
        return NOT_REACHED;
    }

    private static TlsProbe ofOne(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, Math.max(0, colon));
        try (Socket plain = new Socket()) {
            InetSocketAddress port = new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1)));
            connect(plain, port);
            TlsProbe answer = shake(plain, host);
            return answer == BREAKS_OFF && answersPlainText(port) ? SPEAKS_OTHERWISE : answer;
        } catch (IOException | IllegalArgumentException e) {
            return NOT_REACHED;
        }
    }

    private static void connect(Socket socket, InetSocketAddress port) throws IOException {
        socket.connect(port, LONGEST_WAIT_MILLIS);
        socket.setSoTimeout(LONGEST_WAIT_MILLIS);
    }

    private static TlsProbe shake(Socket plain, String host) {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true)) {
            tls.startHandshake();
            return SPEAKS_TLS;
        } catch (SSLException e) {
            if (KafkaRefusal.find(e, EOFException.class) != null) {
                return BREAKS_OFF;
            }
            // Who shows a certificate speaks TLS, whether it is trusted here or not. So does who refuses us in TLS.
            boolean refused = String.valueOf(e.getMessage()).contains("Received fatal alert");
            boolean shown = KafkaRefusal.find(e, CertificateException.class) != null;
            return refused || shown ? SPEAKS_TLS : SPEAKS_OTHERWISE;
        } catch (IOException e) {
            return BREAKS_OFF;
        }
    }

    /** A broker that speaks plain text closes as well where it is spoken to in TLS. */
    private static boolean answersPlainText(InetSocketAddress port) {
        try (Socket plain = new Socket()) {
            connect(plain, port);
            plain.getOutputStream().write(QUESTION);
            // The size of an answer begins with it, and no refusal in TLS or HTTP does.
            return plain.getInputStream().read() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
