package io.entrawatch.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** Compiles the plugin with which the Elasticsearch of the tests can keep roles and API keys, and installs it. */
final class SecurityIndexPlugin {

    private static final String SOURCE = "src/test/resources/elasticsearch/SecurityIndexPlugin.java";

    private SecurityIndexPlugin() {}

    /** @param distribution a directory named after its version, such as {@code elasticsearch-8.19.0} */
    static void install(Path distribution, Path home) throws IOException {
        Path plugin = Files.createDirectories(home.resolve("plugins/security-index"));
        Path classes = Files.createDirectories(home.resolve("classes-of-plugin"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-proc:none",
                        "-cp",
                        jars(home.resolve("lib")),
                        "-d",
                        classes.toString(),
                        SOURCE);
        if (failed != 0) {
            throw new IOException(SOURCE + " does not compile");
        }
        pack(classes, plugin.resolve("security-index.jar"));
        String version = distribution.getFileName().toString().replace("elasticsearch-", "");
        Files.write(
                plugin.resolve("plugin-descriptor.properties"),
                List.of(
                        "name=security-index",
                        "description=what the index of roles and keys is analyzed with",
                        "version=1",
                        "java.version=17",
                        "elasticsearch.version=" + version,
                        "classname=io.entrawatch.elasticsearch.SecurityIndexPlugin"));
    }

    private static String jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static void pack(Path classes, Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, jar);
                jar.closeEntry();
            }
        }
    }
}
