/** What Entrawatch costs, beside what else could do the same: {@code mvn -Pbenchmark}. */
package io.entrawatch.benchmark;
