/** Everything configurable as values, and a reader that reports all problems at once. */
@NullMarked
package io.entrawatch.settings;

import org.jspecify.annotations.NullMarked;
