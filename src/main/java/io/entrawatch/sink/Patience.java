package io.entrawatch.sink;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long Elasticsearch may refuse the credentials before somebody has to put them right. One that starts refuses those that
 * are right as well, until it has found the index in which it keeps users and keys. What stands before it may answer in its
 * place, or block a document, for as long.
 *
 * @param atStart of a writer that has not written yet; of a document
 * @param afterwards once it has written, also where the job goes on from a checkpoint
 */
record Patience(Duration atStart, Duration afterwards) implements Serializable {

    static final Patience USUAL = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(15));
}
