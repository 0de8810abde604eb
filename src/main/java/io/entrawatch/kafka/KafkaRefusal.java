package io.entrawatch.kafka;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Map;

import javax.net.ssl.SSLException;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

import io.entrawatch.settings.Secret;

/** What a failure of Kafka's client means for somebody who has written the settings. */
record KafkaRefusal(Weight weight, String message) {

    // Kafka's own message may hold the part of a password that it stumbled over.
    private static final String JAAS =
            "sasl.jaas.config cannot be read (expected: MODULE required username=\"…\" password=\"…\";)";

    enum Weight {
        /** Waiting does not help. */
        PUT_RIGHT,
        /** It may be different where the job runs, or later. */
        MAY_PASS,
        NOTHING
    }

    static KafkaRefusal of(Throwable failure, KafkaAccess.Broker broker) {
        if (failure instanceof GroupIdNotFoundException
                || failure instanceof TransactionalIdNotFoundException
                || failure instanceof UnsupportedVersionException) {
            return new KafkaRefusal(Weight.NOTHING, failure.toString());
        }
        if (failure instanceof TimeoutException) {
            return mayPass("no answer; the job will ask again. If it stays away, check security.protocol ("
                    + broker.property("security.protocol", "PLAINTEXT") + ")");
        }
        if (failure instanceof InvalidTopicException) {
            return putRight(
                    "no name of a topic (expected: letters, digits, dots, hyphens and underscores, 249 at most)");
        }
        if (isAboutTopic(failure) && !(failure instanceof AuthorizationException)) {
            return unknownTopic(broker);
        }
        if (failure instanceof SslAuthenticationException) {
            return putRight(tls(failure));
        }
        if (failure instanceof SaslAuthenticationException) {
            return putRight(
                    "it does not know these credentials (expected: a name and password in sasl.jaas.config, or a"
                            + " connection-string, that it knows): " + hidden(failure.getMessage(), broker));
        }
        if (failure instanceof AuthorizationException) {
            return putRight(notAllowed(failure));
        }
        return ofSetup(failure, broker);
    }

    /**
     * What the settings and a look at the port tell already, or null: Kafka's client asks whoever speaks otherwise without
     * end.
     */
    static @Nullable KafkaRefusal beforehand(KafkaAccess.Broker broker) {
        // Kafka takes it in letters of either case.
        String protocol =
                broker.property("security.protocol", "PLAINTEXT").strip().toUpperCase(Locale.ROOT);
        if (protocol.startsWith("SASL") && !isJaas(broker.properties().get(SaslConfigs.SASL_JAAS_CONFIG))) {
            return putRight(JAAS);
        }
        boolean wantsTls = protocol.endsWith("SSL");
        return switch (TlsProbe.of(broker.address())) {
            case NOT_REACHED -> mayPass("not reached from here, and not asked; the job will ask again");
            case SPEAKS_TLS ->
                wantsTls
                        ? null
                        : putRight("it speaks TLS (expected: security.protocol SSL or SASL_SSL instead of " + protocol
                                + ")");
            case SPEAKS_OTHERWISE ->
                wantsTls
                        ? putRight("it does not speak TLS (expected: the port with TLS, or another security.protocol"
                                + " than " + protocol + ")")
                        : null;
            case BREAKS_OFF -> null;
        };
    }

    /** The tasks of the job would fail with Kafka's own message. */
    private static boolean isJaas(@Nullable Secret text) {
        try {
            return text == null
                    || !JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text.reveal())))
                            .configurationEntries()
                            .isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isAboutTopic(Throwable failure) {
        return failure instanceof UnknownTopicOrPartitionException
                || failure instanceof InvalidTopicException
                || failure instanceof TopicAuthorizationException;
    }

    /** A pattern may have been meant as one of a shell, or the topics are hidden from these credentials. */
    static KafkaRefusal noTopicOf(String pattern, int seen) {
        return putRight("topic-pattern " + pattern + " is the name of none of the " + seen
                + " topics that these credentials see (expected: a regular expression such as insights-logs-.*, and an ACL"
                + " with READ on what it is to find)");
    }

    private static KafkaRefusal unknownTopic(KafkaAccess.Broker broker) {
        // Brokers may create a topic with the first record.
        return broker.settings().startsWith("source")
                ? putRight("it is not there (expected: a topic that exists)")
                : mayPass("it is not there");
    }

    private static String tls(Throwable failure) {
        if (find(failure, CertificateExpiredException.class) != null) {
            return "its certificate has expired (expected: a valid one at the broker)";
        }
        CertificateNotYetValidException early = find(failure, CertificateNotYetValidException.class);
        if (early != null) {
            return "its certificate is not valid yet: "
                    + String.valueOf(early.getMessage()).replace("NotBefore: ", "valid from ")
                    + " (expected: a valid one at the broker, and the right time here)";
        }
        CertificateException certificate = find(failure, CertificateException.class);
        if (certificate != null) {
            boolean otherName = String.valueOf(certificate.getMessage()).contains("subject alternative")
                    || String.valueOf(certificate.getMessage()).contains("No name matching");
            return otherName
                    ? "its certificate is for another host: " + certificate.getMessage()
                            + " (expected: a name of the certificate in bootstrap-servers and in the broker's"
                            + " advertised.listeners)"
                    : "its certificate is not trusted: " + certificate.getMessage()
                            + " (expected: ssl.truststore.location with its authority, and a valid certificate)";
        }
        SSLException tls = find(failure, SSLException.class);
        String message = String.valueOf((tls == null ? failure : tls).getMessage());
        return "TLS fails: " + message;
    }

    private static String notAllowed(Throwable failure) {
        if (failure instanceof TopicAuthorizationException) {
            return "these credentials may not see it (expected: an ACL with READ for a source, WRITE for an output)";
        }
        if (failure instanceof GroupAuthorizationException group) {
            return "group-id " + group.groupId()
                    + ": these credentials may not use it (expected: an ACL with READ on the group)";
        }
        return failure instanceof TransactionalIdAuthorizationException
                ? "transactional-id-prefix: these credentials may not use it (expected: an ACL with WRITE and DESCRIBE on"
                        + " transactional ids that begin with it)"
                : "not allowed: " + failure.getMessage();
    }

    /** The client could not even be made. */
    private static KafkaRefusal ofSetup(Throwable failure, KafkaAccess.Broker broker) {
        if (find(failure, NoSuchFileException.class) != null || find(failure, FileNotFoundException.class) != null) {
            return mayPass("a keystore is not here, and Kafka was not asked: "
                    + innermost(failure).getMessage());
        }
        if (find(failure, UnrecoverableKeyException.class) != null) {
            return putRight("a keystore does not open (expected: ssl.truststore.password and ssl.keystore.password that"
                    + " fit)");
        }
        Throwable inner = innermost(failure);
        String message = String.valueOf(inner.getMessage());
        if (inner instanceof ConfigException && message.contains("bootstrap")) {
            return mayPass(message);
        }
        return message.contains("JAAS") ? putRight(JAAS) : putRight(hidden(message, broker));
    }

    private static String hidden(@Nullable String message, KafkaAccess.Broker broker) {
        String text = String.valueOf(message);
        for (var property : broker.properties().entrySet()) {
            if (Secret.isHeldBy(property.getKey())
                    && !property.getValue().reveal().isEmpty()) {
                text = text.replace(
                        property.getValue().reveal(), property.getValue().toString());
            }
        }
        return text;
    }

    private static KafkaRefusal putRight(String message) {
        return new KafkaRefusal(Weight.PUT_RIGHT, message);
    }

    private static KafkaRefusal mayPass(String message) {
        return new KafkaRefusal(Weight.MAY_PASS, message);
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
