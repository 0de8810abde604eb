/** Puts what a group sees into the order in which it happened. */
@NullMarked
package io.entrawatch.engine.order;

import org.jspecify.annotations.NullMarked;
