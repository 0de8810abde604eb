/** Counts events or values within a time span. */
@NullMarked
package io.entrawatch.engine.count;

import org.jspecify.annotations.NullMarked;
