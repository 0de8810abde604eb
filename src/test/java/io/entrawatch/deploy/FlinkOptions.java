package io.entrawatch.deploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Every option that the Flink on the class path declares, and what is wrong with a configuration. */
final class FlinkOptions {

    private static final Pattern DECLARING =
            Pattern.compile("org/apache/flink/(?!.*shaded/)[a-z0-9/]+/[A-Za-z]*Options\\.class");

    /** A reporter has options under a name of its own. */
    private static final Pattern REPORTER = Pattern.compile("metrics\\.reporter\\.[a-z]+\\.(factory\\.class|port)");

    /** Read by plugins and by the Kubernetes operator, which are not on the class path. */
    private static final List<String> ELSEWHERE = List.of(
            "s3.endpoint",
            "s3.path.style.access",
            "fs.azure.account.auth.type",
            "fs.azure.account.oauth.provider.type",
            "fs.azure.account.oauth2.msi.tenant",
            "fs.azure.account.oauth2.client.id",
            "kubernetes.operator.pod-template.merge-arrays-by-name",
            "kubernetes.operator.periodic.savepoint.interval",
            "kubernetes.operator.savepoint.history.max.age",
            "kubernetes.operator.savepoint.history.max.count",
            "kubernetes.operator.cluster.health-check.enabled",
            "kubernetes.operator.cluster.health-check.restarts.window",
            "kubernetes.operator.cluster.health-check.restarts.threshold");

    private final Map<String, ConfigOption<?>> byKey = new TreeMap<>();

    private FlinkOptions() {}

    static FlinkOptions ofTheClassPath() {
        FlinkOptions options = new FlinkOptions();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && new File(entry).getName().startsWith("flink-")) {
                options.readJar(entry);
            }
        }
        return options;
    }

    int size() {
        return byKey.size();
    }

    /** One line for each option that Flink does not know, or whose value it cannot read. */
    List<String> problems(Map<String, String> configuration) {
        List<String> problems = new ArrayList<>();
        configuration.forEach((key, value) -> {
            ConfigOption<?> option = byKey.get(key);
            if (option != null) {
                try {
                    Configuration.fromMap(Map.of(key, value)).get(option);
                } catch (IllegalArgumentException e) {
                    problems.add(key + ": " + value + " (" + e.getMessage() + ")");
                }
            } else if (!ELSEWHERE.contains(key) && !REPORTER.matcher(key).matches()) {
                problems.add(key + ": unknown to Flink");
            }
        });
        return problems;
    }

    private void readJar(String path) {
        try (JarFile jar = new JarFile(path)) {
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> DECLARING.matcher(name).matches())
                    .forEach(name -> readClass(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readClass(String name) {
        try {
            for (Field field : Class.forName(name).getDeclaredFields()) {
                if (Modifier.isPublic(field.getModifiers())
                        && Modifier.isStatic(field.getModifiers())
                        && field.get(null) instanceof ConfigOption<?> option) {
                    byKey.put(option.key(), option);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(name, e);
        }
    }
}
