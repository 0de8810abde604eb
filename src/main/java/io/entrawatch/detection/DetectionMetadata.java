package io.entrawatch.detection;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.entrawatch.rule.Level;
import io.entrawatch.rule.RuleHeader;

/**
 * What a detection says about itself.
 *
 * @param guide the items of Microsoft's guide it covers, such as {@code T01}
 * @param tactics the ATT&CK tactics of its tags, by their short names
 * @param techniques the ids of the ATT&CK techniques of its tags, such as {@code T1136.003}
 */
public record DetectionMetadata(RuleHeader header, List<String> guide, List<String> tactics, List<String> techniques)
        implements Serializable {

    private static final String GUIDE_TAG = "entra.guide.";
    private static final String ATTACK_TAG = "attack.";

    public static DetectionMetadata of(RuleHeader header) {
        List<String> guide = new ArrayList<>();
        List<String> tactics = new ArrayList<>();
        List<String> techniques = new ArrayList<>();
        for (String tag : header.tags()) {
            String name = tag.toLowerCase(Locale.ROOT);
            if (name.startsWith(GUIDE_TAG)) {
                guide.add(name.substring(GUIDE_TAG.length()).toUpperCase(Locale.ROOT));
            } else if (name.matches("attack\\.t\\d{4}(\\.\\d{3})?")) {
                techniques.add(name.substring(ATTACK_TAG.length()).toUpperCase(Locale.ROOT));
            } else if (name.startsWith(ATTACK_TAG)) {
                tactics.add(name.substring(ATTACK_TAG.length()).replace('_', '-'));
            }
        }
        return new DetectionMetadata(header, List.copyOf(guide), List.copyOf(tactics), List.copyOf(techniques));
    }

    public String name() {
        return header.name();
    }

    public String title() {
        return header.title();
    }

    /** The directory of its file, such as {@code sign-ins}. */
    public String section() {
        List<String> path = List.of(header.position().file().split("[/\\\\]", -1));
        return path.size() < 2 ? "others" : path.get(path.size() - 2);
    }

    public Level level() {
        return header.level();
    }
}
