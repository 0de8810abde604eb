/** Sources, readers of each raw form, event time and dead letters. */
@NullMarked
package io.entrawatch.ingest;

import org.jspecify.annotations.NullMarked;
