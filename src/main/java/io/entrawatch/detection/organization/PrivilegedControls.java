package io.entrawatch.detection.organization;

import java.io.Serializable;
import java.util.Set;

/**
 * What the sign-ins of privileged accounts have in common.
 *
 * @param devices how a device may be known to the organization, of {@code managed}, {@code compliant} and {@code
 *     hybrid}; none where it may be any
 */
public record PrivilegedControls(Whereabouts where, Set<String> devices) implements Serializable {

    static final String MANAGED = "managed";
    static final String COMPLIANT = "compliant";
    static final String HYBRID = "hybrid";
}
