/** Makes the catalogue of the documents that describe detections. */
@NullMarked
package io.entrawatch.detection.reader;

import org.jspecify.annotations.NullMarked;
