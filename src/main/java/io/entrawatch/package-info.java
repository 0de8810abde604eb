/** The job as a whole: its topology, its outputs, and the program that a cluster runs. */
@NullMarked
package io.entrawatch;

import org.jspecify.annotations.NullMarked;
