/** Compares each sign-in with where the user was before. */
@NullMarked
package io.entrawatch.engine.travel;

import org.jspecify.annotations.NullMarked;
