/** A synthetic tenant with labelled attacks and near misses. */
@NullMarked
package io.entrawatch.generate;

import org.jspecify.annotations.NullMarked;
