package io.entrawatch.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the {@code lib} directory of a Flink distribution holds, picked out of the class path of this process: Flink
 * itself and what it needs. The connectors, CEP, Jackson and whatever else a job brings along are not among it.
 */
final class FlinkJars {

    private static final String FLINK = "flink-";

    /** Of Flink's own jars, those that a job brings or that only tests know. */
    private static final List<String> NOT_IN_LIB =
            List.of("flink-cep", "flink-connector-base", "flink-connector-kafka");

    private static final List<String> NEEDED_BY_FLINK = List.of(
            "RoaringBitmap-",
            "async-profiler-",
            "commons-cli-",
            "commons-collections-",
            "commons-compress-",
            "commons-io-",
            "commons-lang3-",
            "commons-math3-",
            "commons-text-",
            "frocksdbjni-",
            "javassist-",
            "jsr305-",
            "kryo-",
            "log4j-",
            "lz4-java-",
            "minlog-",
            "objenesis-",
            "reflectasm-",
            "slf4j-api-",
            "snakeyaml-engine-",
            "snappy-java-");

    private FlinkJars() {}

    static List<Path> all() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(jar -> isInLib(jar.getFileName().toString()))
                .toList();
    }

    static String classpath() {
        return all().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isInLib(String name) {
        if (!name.endsWith(".jar") || name.endsWith("-tests.jar")) {
            return false;
        }
        return name.startsWith(FLINK)
                ? NOT_IN_LIB.stream().noneMatch(name::startsWith) && !name.contains("-test-utils")
                : NEEDED_BY_FLINK.stream().anyMatch(name::startsWith);
    }
}
