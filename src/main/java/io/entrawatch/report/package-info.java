/** What a scan found, as one HTML page that needs nothing else. */
@NullMarked
package io.entrawatch.report;

import org.jspecify.annotations.NullMarked;
