/** What travels between the operators, and its forms in few bytes. */
@NullMarked
package io.entrawatch.engine.wire;

import org.jspecify.annotations.NullMarked;
