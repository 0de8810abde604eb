/** The Sigma language: from a document to a checked rule to a compiled matcher. Knows no Flink. */
@NullMarked
package io.entrawatch.rule;

import org.jspecify.annotations.NullMarked;
