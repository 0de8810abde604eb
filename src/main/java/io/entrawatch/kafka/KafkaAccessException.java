package io.entrawatch.kafka;

/** Kafka does not let the job do what it is set up to do. The message says what to put right, a line for each. */
public final class KafkaAccessException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaAccessException(String message) {
        super(message);
    }
}
