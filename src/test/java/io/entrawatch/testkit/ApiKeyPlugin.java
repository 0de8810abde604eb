package io.entrawatch.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the plugin that lets the small distribution of Elasticsearch keep API keys. */
final class ApiKeyPlugin {

    private static final String NAME = "ApiKeyAnalysis";

    private ApiKeyPlugin() {}

    /** Puts it into an unpacked distribution. */
    static void into(Path home) throws IOException {
        Path plugin = Files.createDirectories(home.resolve("plugins/api-keys"));
        Path source = Files.createTempDirectory("entrawatch-plugin-").resolve(NAME + ".java");
        String resource = "/elasticsearch-plugin/" + NAME + ".java.txt";
        try (InputStream text = Objects.requireNonNull(ApiKeyPlugin.class.getResourceAsStream(resource))) {
            Files.copy(text, source);
        }
        List<Path> libraries = libraries(home);
        compile(source, libraries);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(plugin.resolve("api-keys.jar")));
                Stream<Path> classes = Files.list(source.getParent())) {
            for (Path file :
                    classes.filter(path -> path.toString().endsWith(".class")).toList()) {
                jar.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        Files.writeString(
                plugin.resolve("plugin-descriptor.properties"),
                "description=analysis for API keys\nversion=1\nname=api-keys\njava.version=17\nclassname=" + NAME
                        + "\nelasticsearch.version=" + version(libraries) + "\n");
    }

    private static void compile(Path source, List<Path> libraries) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        String path = libraries.stream().map(Path::toString).collect(Collectors.joining(":"));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-nowarn",
                    "-cp",
                    path,
                    "-d",
                    source.getParent().toString());
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IOException(said.toString());
            }
        }
    }

    private static List<Path> libraries(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static String version(List<Path> libraries) {
        return libraries.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("elasticsearch-\\d[\\d.]*\\.jar"))
                .map(name -> name.substring("elasticsearch-".length(), name.length() - ".jar".length()))
                .findFirst()
                .orElseThrow();
    }
}
