/** YAML documents with the place of every value, and problems that name it. */
@NullMarked
package io.entrawatch.yaml;

import org.jspecify.annotations.NullMarked;
