package io.entrawatch.sink;

import java.io.Serializable;

/**
 * One document on its way to Elasticsearch.
 *
 * @param rejected whether this is already the dead letter of a document that Elasticsearch refused
 */
record BulkEntry(String index, String id, byte[] json, boolean rejected) implements Serializable {

    /** About the size of its action line, and of the time of writing. */
    private static final int ACTION_AND_STAMP = 120;

    long size() {
        return (long) json.length + index.length() + id.length() + ACTION_AND_STAMP;
    }
}
