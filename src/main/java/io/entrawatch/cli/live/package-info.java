/** What somebody sees of a job that runs in this process. */
@NullMarked
package io.entrawatch.cli.live;

import org.jspecify.annotations.NullMarked;
