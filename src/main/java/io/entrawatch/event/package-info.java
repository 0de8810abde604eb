/** What a log record is: its kinds, its fields and their names. Knows no Flink. */
@NullMarked
package io.entrawatch.event;

import org.jspecify.annotations.NullMarked;
