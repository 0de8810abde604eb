package io.entrawatch.sink;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** Elasticsearch refuses what the job is set up to do. Starting again cannot help; the message says what to fix. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class SinkSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SinkSetupException(String message) {
        super(message);
    }
}
