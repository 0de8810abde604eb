/** Writers of alerts, dead letters and late events: Elasticsearch, Kafka and files. */
@NullMarked
package io.entrawatch.sink;

import org.jspecify.annotations.NullMarked;
