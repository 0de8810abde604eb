/** The kinds of detection as values, the catalogue of them, and what is known about the organization. Knows no Flink. */
@NullMarked
package io.entrawatch.detection;

import org.jspecify.annotations.NullMarked;
