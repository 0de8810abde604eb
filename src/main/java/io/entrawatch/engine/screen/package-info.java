/** Asks each event what the rules ask. */
@NullMarked
package io.entrawatch.engine.screen;

import org.jspecify.annotations.NullMarked;
