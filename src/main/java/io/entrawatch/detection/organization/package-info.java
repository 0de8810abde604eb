/** What is known about the organization, and the fields that an event gets from it. */
@NullMarked
package io.entrawatch.detection.organization;

import org.jspecify.annotations.NullMarked;
