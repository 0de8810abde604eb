package io.entrawatch.kafka;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Finds out whether a port speaks TLS, where Kafka's client only says that nobody answers. */
enum TlsProbe {
    SPEAKS_TLS,
    SPEAKS_OTHERWISE,
    /** Takes a connection and says nothing, or resets it: as a proxy does whose broker is away, or speaks otherwise. */
    BREAKS_OFF,
    NOT_REACHED;

    private static final int LONGEST_WAIT_MILLIS = 5_000;

    /** Asks the first that answers of some addresses such as {@code one:9092,two:9092}. */
    static TlsProbe of(String addresses) {
        for (String address : addresses.split(",", -1)) {
            TlsProbe answer = ofOne(address.strip());
            if (answer != NOT_REACHED) {
                return answer;
            }
        }
        return NOT_REACHED;
    }

    private static TlsProbe ofOne(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket plain = new Socket()) {
            String host = address.substring(0, Math.max(0, colon));
            plain.connect(
                    new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), LONGEST_WAIT_MILLIS);
            plain.setSoTimeout(LONGEST_WAIT_MILLIS);
            return shake(plain, host);
        } catch (IOException | IllegalArgumentException e) {
            return NOT_REACHED;
        }
    }

    private static TlsProbe shake(Socket plain, String host) {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true)) {
            tls.startHandshake();
            return SPEAKS_TLS;
        } catch (SSLException e) {
            // Who shows a certificate speaks TLS, whether it is trusted here or not. So does who refuses us in TLS.
            boolean refused = String.valueOf(e.getMessage()).contains("Received fatal alert");
            boolean shown = KafkaRefusal.find(e, CertificateException.class) != null;
            return refused || shown ? SPEAKS_TLS : SPEAKS_OTHERWISE;
        } catch (IOException e) {
            return BREAKS_OFF;
        }
    }
}
