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

import io.entrawatch.yaml.YamlMapping;

/** Reads secrets, which settings only refer to: {@code ${env:NAME}} and {@code ${file:PATH}}. */
final class Secrets {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

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
        if (!REFERENCE.matcher(text).find()) {
            // The value is not repeated: it may be the secret itself.
            settings.problem(name, "a secret written out (expected: ${env:NAME} or ${file:PATH})");
            return null;
        }
        return new Secret(expand(settings, name, text));
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
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(expanded).toString();
    }

    private String fromEnvironment(YamlMapping settings, String name, String variable) {
        String value = environment.apply(variable);
        if (value == null || value.isEmpty()) {
            settings.problem(name, "the environment variable " + variable + " is not set");
            return "";
        }
        return value;
    }

    private String fromFile(YamlMapping settings, String name, String path) {
        try (InputStream file = Files.newInputStream(home.resolve(path))) {
            // Read to a bound whatever the size says: a device has none, and no end.
            byte[] bytes = file.readNBytes(LARGEST_FILE + 1);
            if (bytes.length <= LARGEST_FILE) {
                return new String(bytes, StandardCharsets.UTF_8).strip();
            }
            settings.problem(name, "the file " + path + " (expected: at most " + LARGEST_FILE + " bytes)");
        } catch (IOException | InvalidPathException e) {
            settings.problem(name, "the file " + path + " cannot be read: " + e.getMessage());
        }
        return "";
    }
}
