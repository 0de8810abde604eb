/** Reads JSON out of bytes, and of a record only the fields that are asked for. */
@NullMarked
package io.entrawatch.ingest.json;

import org.jspecify.annotations.NullMarked;
