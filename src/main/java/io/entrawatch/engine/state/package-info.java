/** How operators remember: in memory first, and on disk with a checkpoint. */
@NullMarked
package io.entrawatch.engine.state;

import org.jspecify.annotations.NullMarked;
