/** The kinds of detection as values, and the catalogue of them. Knows no Flink. */
@NullMarked
package io.entrawatch.detection;

import org.jspecify.annotations.NullMarked;
