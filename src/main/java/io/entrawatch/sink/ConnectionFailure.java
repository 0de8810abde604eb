package io.entrawatch.sink;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/** Tells a connection that will come back by itself from one that somebody has to put right. */
final class ConnectionFailure {

    static final String NO_TLS = "it does not speak TLS (expected: http:// in hosts, or TLS at the server)";
    static final String TLS = "it speaks TLS (expected: https:// in hosts)";

    private ConnectionFailure() {}

    /** What to put right, or null where waiting may help. */
    static @Nullable String toPutRight(Throwable failure, @Nullable String caFile) {
        SSLException tls = find(failure, SSLException.class);
        if (tls == null || find(failure, EOFException.class) != null || find(failure, SocketException.class) != null) {
            return null;
        }
        if (find(failure, CertificateExpiredException.class) != null) {
            return "its certificate has expired (expected: a valid one at the server)";
        }
        CertificateNotYetValidException early = find(failure, CertificateNotYetValidException.class);
        if (early != null) {
            return "its certificate is not valid yet: "
                    + String.valueOf(early.getMessage()).replace("NotBefore: ", "valid from ")
                    + "; this machine's clock says " + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                    + " (expected: a valid one at the server, and the right time here)";
        }
        CertPathValidatorException invalid = find(failure, CertPathValidatorException.class);
        if (invalid != null && invalid.getReason() != PKIXReason.NO_TRUST_ANCHOR) {
            return "its certificate is not valid: " + invalid.getMessage() + " (expected: a valid one at the server)";
        }
        if (invalid != null || find(failure, CertPathBuilderException.class) != null) {
            return "its certificate is of an authority that is not trusted, "
                    + (caFile == null ? "as the JVM knows it" : "as " + caFile + " does not have it")
                    + " (expected: ca-file with the certificate of the authority)";
        }
        CertificateException name = find(failure, CertificateException.class);
        if (name != null) {
            return "its certificate is for another host: " + name.getMessage()
                    + " (expected: a name of the certificate in hosts)";
        }
        return String.valueOf(tls.getMessage()).contains("nrecognized SSL message") ? NO_TLS : null;
    }

    /** True where the server closed at the first byte or waits for more, as those do that expect the other kind. */
    static boolean isSilence(Throwable failure) {
        return find(failure, EOFException.class) != null || find(failure, HttpConnectTimeoutException.class) != null;
    }

    /** True where nobody was at the other side at all. */
    static boolean isUnreachable(Throwable failure) {
        return find(failure, ConnectException.class) != null
                || find(failure, HttpConnectTimeoutException.class) != null;
    }

    /** True where the other side showed a certificate, and so speaks TLS. */
    static boolean isAboutCertificate(Throwable failure) {
        return find(failure, CertificateException.class) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
