/** The operators: all keyed state and all timers live here. */
@NullMarked
package io.entrawatch.engine;

import org.jspecify.annotations.NullMarked;
