package io.entrawatch.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Watches a process from outside, through Linux's /proc: what it has computed, read and written so far. */
final class ProcessSampler implements Runnable {

    /** The clock of /proc/PID/stat. It has been this one on every Linux of the last twenty years. */
    private static final double SECONDS_PER_TICK = 0.01;

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** Memory, and which threads compile, change slowly. */
    private static final int SLOW_EVERY = 10;

    /**
     * A look at the process.
     *
     * @param cpuSeconds of all threads, in the program and in the kernel on its behalf
     * @param kernelSeconds how much of that in the kernel
     * @param compilerSeconds of those threads that compile
     * @param bytesRead through any call that reads, be it from memory, disk or network
     */
    record Sample(
            long nanos,
            double cpuSeconds,
            double kernelSeconds,
            double compilerSeconds,
            long bytesRead,
            long bytesWritten) {}

    private record Ticks(long program, long kernel) {
        long all() {
            return program + kernel;
        }
    }

    private final Process process;
    private final Path proc;
    private final List<Sample> samples = new ArrayList<>();
    /** Ticks of each thread that compiles; of one that has ended as many as it had when it was last seen. */
    private final Map<Path, Long> compilers = new HashMap<>();

    private long peakKilobytes;

    ProcessSampler(Process process) {
        this.process = process;
        this.proc = Path.of("/proc", Long.toString(process.pid()));
    }

    /** Looks every 20 ms, until the process ends. */
    @Override
    public void run() {
        for (int i = 0; process.isAlive(); i++) {
            if (!look(i % SLOW_EVERY == 0)) {
                return;
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    /** Looks now; false where there is no such process any more. */
    synchronized boolean look(boolean slow) {
        try {
            if (slow) {
                String status = Files.readString(proc.resolve("status"));
                peakKilobytes = status.contains("VmHWM:") ? number(status, "VmHWM:") : peakKilobytes;
                findCompilers();
            }
            String io = Files.readString(proc.resolve("io"));
            Ticks ticks = ticks(proc);
            samples.add(new Sample(
                    System.nanoTime(),
                    ticks.all() * SECONDS_PER_TICK,
                    ticks.kernel() * SECONDS_PER_TICK,
                    compilerTicks() * SECONDS_PER_TICK,
                    number(io, "rchar:"),
                    number(io, "wchar:")));
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private static Ticks ticks(Path of) throws IOException {
        String stat = Files.readString(of.resolve("stat"));
        // The name of the program, in brackets, may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Ticks(Long.parseLong(fields[11]), Long.parseLong(fields[12]));
    }

    /** A JVM starts more of them when there is much to compile. */
    private void findCompilers() throws IOException {
        try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
            for (Path thread : threads.toList()) {
                if (!compilers.containsKey(thread) && isCompiler(thread)) {
                    compilers.put(thread, 0L);
                }
            }
        }
    }

    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
        } catch (IOException e) {
            // It has ended since.
            return false;
        }
    }

    private long compilerTicks() {
        long all = 0;
        for (Map.Entry<Path, Long> compiler : compilers.entrySet()) {
            try {
                compiler.setValue(ticks(compiler.getKey()).all());
            } catch (IOException e) {
                // It has ended, and what it did counts.
            }
            all += compiler.getValue();
        }
        return all;
    }

    private static long number(String text, String name) {
        int start = text.indexOf(name) + name.length();
        int end = text.indexOf('\n', start);
        return Long.parseLong(text.substring(start, end).replace("kB", "").strip());
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    synchronized Sample last() {
        return samples.get(samples.size() - 1);
    }

    synchronized double peakMegabytes() {
        return peakKilobytes / 1024.0;
    }
}
