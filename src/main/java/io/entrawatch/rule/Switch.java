package io.entrawatch.rule;

/** Switches a detection of some name off, or on again. */
public record Switch(RuleHeader header, boolean enabled) implements SigmaDocument {}
