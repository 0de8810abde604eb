/** Alerts: evidence, identity, and the ECS document that people read. */
@NullMarked
package io.entrawatch.alert;

import org.jspecify.annotations.NullMarked;
