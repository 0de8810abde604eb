package io.entrawatch.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;

import io.entrawatch.benchmark.ProcessSampler.Sample;

/**
 * A way to do the work, in a process of its own.
 *
 * @param program the class whose {@code main} does it
 * @param compared whose alerts have to be the same
 */
record Variant(String name, int parallelism, Class<?> program, Compared compared, Arguments arguments) {

    static final String ON_ONE_CORE = ", one core";

    /** The variants among which alert sets must agree. */
    enum Compared {
        THREE_DETECTIONS,
        ALL_DETECTIONS,
        /** Makes no alerts. */
        NOTHING
    }

    /** What the program is told, given where its results go. */
    interface Arguments {
        List<String> of(Path out) throws Exception;
    }

    /** The same on one core of the machine. */
    Variant onOneCore() {
        return new Variant(name + ON_ONE_CORE, parallelism, program, compared, arguments);
    }

    boolean isOnOneCore() {
        return name.endsWith(ON_ONE_CORE);
    }

    /** Unique, and the name of directories. */
    String key() {
        return name.replaceAll("[^A-Za-z0-9]+", "-") + "-p" + parallelism;
    }

    /** What tells how far the process is. */
    ToLongFunction<Sample> passed() {
        return compared == Compared.NOTHING ? Sample::bytesWritten : Sample::bytesRead;
    }

    /** The events that a run works on, and their bytes. */
    record Work(long events, long bytes) {}

    Work work(BenchmarkData data, Path out) throws IOException {
        return compared == Compared.NOTHING ? GenerateVariant.done(out) : new Work(data.events(), data.bytes());
    }
}
