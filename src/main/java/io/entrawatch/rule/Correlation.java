package io.entrawatch.rule;

import java.util.List;

import io.entrawatch.yaml.YamlMapping;
import io.entrawatch.yaml.YamlNode;

/**
 * A Sigma correlation as it is written: its envelope, and the body that each kind of detection reads for itself.
 *
 * @param rules the names or ids of the rules it is about
 * @param body the entries under {@code correlation}
 * @param generating where {@code generate} may stand: the body, or the document around it
 */
public record Correlation(
        RuleHeader header, String type, List<YamlNode> rules, YamlMapping body, YamlMapping generating)
        implements SigmaDocument {}
