package io.entrawatch.rule;

/** A document of a rule file. */
public sealed interface SigmaDocument permits Rule, Correlation, Filter, Switch {

    RuleHeader header();
}
