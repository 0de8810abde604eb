/** Whether Kafka lets the job in as it is set up, asked before the job starts. */
@NullMarked
package io.entrawatch.kafka;

import org.jspecify.annotations.NullMarked;
