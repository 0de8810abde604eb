package io.entrawatch.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.entrawatch.yaml.YamlMapping;

/** Reads files and directories. An address would be taken for a directory below that of the settings. */
final class LocalPaths {

    /** The letter of a Windows drive is one. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private final Path home;

    LocalPaths(Path home) {
        this.home = home;
    }

    String required(YamlMapping settings, String name) {
        return of(settings, name, settings.required(name));
    }

    @Nullable
    String given(YamlMapping settings, String name) {
        String path = settings.given(name);
        return path == null ? null : of(settings, name, path);
    }

    List<String> all(YamlMapping settings, String name) {
        return settings.texts(name).stream()
                .map(path -> of(settings, name, path))
                .toList();
    }

    private String of(YamlMapping settings, String name, String path) {
        if (ADDRESS.matcher(path).matches()) {
            settings.problem(name, path + " (expected: a path of this machine, not an address)");
        }
        return home.resolve(path).normalize().toString();
    }
}
