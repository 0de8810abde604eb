package io.entrawatch.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.FileReason;
import io.entrawatch.yaml.YamlMapping;

/** Reads secrets, which settings only refer to: {@code ${env:NAME}} and {@code ${file:PATH}}. */
final class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    /** In a text of names and values, such as that of JAAS: what is secret by its name, and has no reference in its quotes. */
    private static final Pattern WRITTEN_OUT =
            Pattern.compile("(?i)(password|passphrase|secret|token|sharedaccesskey)\\s*=\\s*"
                    + "(\"(?![^\"]*\\$\\{)[^\"]+\"|'(?![^']*\\$\\{)[^']+'|(?![\"'\\s]|\\$\\{)[^\\s;]+)");

    private static final Pattern MODULE =
            Pattern.compile("(?s)\\s*[\\w.$]+\\s+(?i:required|requisite|sufficient|optional)\\b.*;\\s*");

    /** What stands before or behind a reference: names and values, a user's name, a kind of token. */
    private static final Pattern OF_PARTS = Pattern.compile("[=:\\s]");

    /** A keystore in PEM with a long chain has some kilobytes. */
    private static final int LARGEST_FILE = 64 * 1024;

    private final Path home;
    private final UnaryOperator<@Nullable String> environment;

    Secrets(Path home, UnaryOperator<@Nullable String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** A secret that must be there. */
    Secret required(YamlMapping settings, String name) {
        Secret secret = optional(settings, name);
        if (secret == null) {
            settings.problem(name, "missing (expected: ${env:NAME} or ${file:PATH})");
            return new Secret("");
        }
        return secret;
    }

    @Nullable
    Secret optional(YamlMapping settings, String name) {
        String text = settings.optional(name);
        if (text == null) {
            return null;
        }
        if (!isReferredTo(name, text)) {
            // The value is not repeated: it may be the secret itself.
            settings.problem(name, "a secret written out (expected: ${env:NAME} or ${file:PATH})");
            return null;
        }
        return new Secret(expand(settings, name, text));
    }

    /** Kerberos and others have JAAS without any secret. */
    private static boolean isReferredTo(String name, String text) {
        String besides = REFERENCE.matcher(text).replaceAll("");
        if (besides.isBlank()) {
            return !besides.equals(text);
        }
        boolean mayBe = (isJaas(name) && MODULE.matcher(text).matches())
                || (!besides.equals(text) && OF_PARTS.matcher(besides).find());
        return mayBe && !WRITTEN_OUT.matcher(text).find();
    }

    private static boolean isJaas(String name) {
        return name.contains("jaas");
    }

    /** Client properties by name; those that hold secrets must refer to them. */
    Map<String, Secret> properties(YamlMapping settings) {
        Map<String, Secret> properties = new LinkedHashMap<>();
        for (String name : settings.names()) {
            if (Secret.isHeldBy(name)) {
                Secret value = optional(settings, name);
                properties.put(name, value == null ? new Secret("") : value);
            } else {
                properties.put(name, new Secret(expand(settings, name, settings.text(name, ""))));
            }
        }
        return properties;
    }

    private String expand(YamlMapping settings, String name, String text) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group(1).equals("env")
                    ? fromEnvironment(settings, name, matcher.group(2))
                    : fromFile(settings, name, matcher.group(2));
            boolean quoted = isJaas(name) && isWithinQuotes(text, matcher.start());
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(quoted ? escaped(value) : value));
        }
        return matcher.appendTail(expanded).toString();
    }

    private static boolean isWithinQuotes(String text, int place) {
        return text.substring(0, place).chars().filter(letter -> letter == '"').count() % 2 == 1;
    }

    /** What may stand between the quotes of JAAS. */
    static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String fromEnvironment(YamlMapping settings, String name, String variable) {
        String value = environment.apply(variable);
        if (value == null) {
            settings.problem(name, "the environment variable " + variable + " is not set");
            return "";
        }
        return stripped(settings, name, value, "the environment variable " + variable);
    }

    private String fromFile(YamlMapping settings, String name, String path) {
        try (InputStream file = Files.newInputStream(home.resolve(path))) {
            // Read to a bound whatever the size says: a device has none, and no end.
            byte[] bytes = file.readNBytes(LARGEST_FILE + 1);
            if (bytes.length <= LARGEST_FILE) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                return stripped(settings, name, text, "the file " + path);
            }
            settings.problem(name, "the file " + path + " (expected: at most " + LARGEST_FILE + " bytes)");
        } catch (IOException e) {
            settings.problem(name, "the file " + path + " cannot be read: " + FileReason.of(e));
        } catch (InvalidPathException e) {
            settings.problem(name, "the file " + path + " cannot be read: " + e.getMessage());
        }
        return "";
    }

    /** Editors end a file with a new line, and some of them mark its beginning. */
    private static String stripped(YamlMapping settings, String name, String text, String where) {
        String value = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
        if (value.isEmpty()) {
            settings.problem(name, where + " is empty (expected: a secret)");
        }
        return value;
    }
}
