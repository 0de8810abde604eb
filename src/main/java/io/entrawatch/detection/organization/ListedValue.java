package io.entrawatch.detection.organization;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Cidr;
import io.entrawatch.yaml.Problems;
import io.entrawatch.yaml.YamlNode;

/** What one value of a list in {@code organization.yaml} is, and what is expected of it. */
enum ListedValue {
    TEXT("a text"),
    NAME("a name or an id"),
    /** Compared as a whole also where no rule does so. */
    ACCOUNT("a name or an id"),
    DOMAIN("a domain such as contoso.example"),
    PATTERN("a regular expression that some names match and others do not, such as ^adm_"),
    COUNTRY("two letters of ISO 3166, such as DE"),
    CITY("a city and its country, such as Munich, DE"),
    BLOCK("a block of addresses such as 192.0.2.0/24"),
    NETWORK("a number such as AS64500"),
    TENANT("the id of a tenant such as 5f2d7f3a-6c1e-4f0b-9b7e-2a51c0c0a501");

    /** Kosovo has no letters of ISO 3166 yet; records have these. */
    private static final String KOSOVO = "XK";

    private static final Set<String> COUNTRIES = countries();
    private static final long LARGEST_NETWORK = 0xFFFF_FFFFL;
    private static final int MOST_GROUPS = 200;
    private static final Pattern DOMAIN_NAME = Pattern.compile("(\\*\\.)?[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)+");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Texts that have nothing in common: a pattern that finds itself in each finds itself in all. */
    private static final List<String> UNLIKE = List.of("a", "Z", "7", "-", "\u00e9", "\u4e2d");

    private final String expected;

    ListedValue(String expected) {
        this.expected = expected;
    }

    /** The value in the form that it is compared in; null after a problem. */
    @Nullable
    String read(String entry, YamlNode value, Problems problems) {
        String text = value.text();
        if (!value.isScalar() || text.isBlank() || !accepts(text)) {
            problems.add(
                    value.position(), entry + ": " + value.describe() + " (expected: " + expected + ")" + hint(text));
            return null;
        }
        return switch (this) {
            case COUNTRY -> text.toUpperCase(Locale.ROOT);
            case NETWORK -> digits(text);
            case CITY -> city(text);
            default -> text;
        };
    }

    private boolean accepts(String text) {
        return switch (this) {
            case TEXT -> true;
            case NAME -> !text.matches("[*?]+");
            case ACCOUNT -> text.indexOf('*') < 0 && text.indexOf('?') < 0;
            case DOMAIN -> DOMAIN_NAME.matcher(text).matches();
            case PATTERN -> tellsNamesApart(text);
            case COUNTRY -> COUNTRIES.contains(text.toUpperCase(Locale.ROOT));
            case CITY -> isCity(text);
            case BLOCK -> isBlock(text) && !Cidr.parse(text).isEverything();
            case NETWORK -> digits(text).matches("\\d{1,10}") && Long.parseLong(digits(text)) <= LARGEST_NETWORK;
            case TENANT -> UUID.matcher(text).matches();
        };
    }

    private static boolean tellsNamesApart(String text) {
        com.google.re2j.Pattern pattern = compile(text);
        return pattern != null
                && !pattern.matcher("").find()
                && !UNLIKE.stream().allMatch(unlike -> pattern.matcher(unlike).find());
    }

    /** The pattern; null where it is none. The engine's parser calls itself for every group in a group. */
    static com.google.re2j.@Nullable Pattern compile(String text) {
        if (text.chars().filter(c -> c == '(').count() > MOST_GROUPS) {
            return null;
        }
        try {
            return com.google.re2j.Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static boolean isCity(String text) {
        int comma = text.lastIndexOf(',');
        return comma > 0
                && !text.substring(0, comma).isBlank()
                && COUNTRIES.contains(text.substring(comma + 1).strip().toUpperCase(Locale.ROOT));
    }

    private static Set<String> countries() {
        Set<String> countries = new HashSet<>(Set.of(Locale.getISOCountries()));
        countries.add(KOSOVO);
        return Set.copyOf(countries);
    }

    /** As records have it: a comma and one space between the city and its country. */
    private static String city(String text) {
        int comma = text.lastIndexOf(',');
        return text.substring(0, comma).strip() + ", "
                + text.substring(comma + 1).strip().toUpperCase(Locale.ROOT);
    }

    private static boolean isBlock(String text) {
        try {
            Cidr.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String digits(String network) {
        return network.replaceFirst("(?i)^AS", "");
    }

    /** Why it is not taken, or what may be meant: countries are often given by their names, and one by the wrong letters. */
    private String hint(String text) {
        return switch (this) {
            case NAME -> text.isBlank() ? "" : " (every name is one of these)";
            case ACCOUNT -> text.isBlank() ? "" : " (* and ? stand for nothing else here)";
            case PATTERN ->
                text.contains("(?") && compile(text) == null ? " (RE2 has no lookaheads and lookbehinds)" : "";
            case BLOCK -> isBlock(text) ? " (every address is in it)" : "";
            case COUNTRY -> text.equalsIgnoreCase("UK") ? " (did you mean 'GB'?)" : nameHint(text);
            default -> "";
        };
    }

    private static String nameHint(String text) {
        return COUNTRIES.stream()
                .filter(code ->
                        new Locale("", code).getDisplayCountry(Locale.ENGLISH).equalsIgnoreCase(text))
                .findFirst()
                .map(code -> " (did you mean '" + code + "'?)")
                .orElse("");
    }
}
