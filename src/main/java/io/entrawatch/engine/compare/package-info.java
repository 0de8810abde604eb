/** Compares the days of a tenant with the same weekday before. */
@NullMarked
package io.entrawatch.engine.compare;

import org.jspecify.annotations.NullMarked;
