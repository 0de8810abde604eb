package io.entrawatch.rule;

import java.util.Locale;

import io.entrawatch.yaml.YamlMapping;

/**
 * Names the documents of one file: as they say themselves; the first that says nothing as the file, others by their ids. In
 * lower case, so that no two names differ in that alone.
 */
final class DocumentNames {

    private int unnamed;

    /** What a document switches that is only a switch. */
    static String ofSwitch(YamlMapping document) {
        return document.required("name").toLowerCase(Locale.ROOT);
    }

    String of(YamlMapping document) {
        String name = document.optional("name");
        if (name != null) {
            return name.toLowerCase(Locale.ROOT);
        }
        String file = ofFile(document.position().file());
        unnamed++;
        return unnamed == 1 ? file : document.text("id", file + '-' + unnamed).toLowerCase(Locale.ROOT);
    }

    private static String ofFile(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        return (dot < 0 ? name : name.substring(0, dot)).toLowerCase(Locale.ROOT);
    }
}
