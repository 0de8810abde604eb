/** Local commands: run, scan, rules, generate. */
@NullMarked
package io.entrawatch.cli;

import org.jspecify.annotations.NullMarked;
