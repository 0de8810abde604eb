package io.entrawatch.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches a process from outside, through Linux's /proc: what it has computed, read and written so far. */
final class ProcessSampler implements Runnable {

    /** The clock of /proc/PID/stat. It has been this one on every Linux of the last twenty years. */
    private static final double SECONDS_PER_TICK = 0.01;

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int MEMORY_EVERY = 10;

    /**
     * A look at the process.
     *
     * @param cpuSeconds of all threads, in the program and in the kernel on its behalf
     * @param bytesRead through any call that reads, be it from memory, disk or network
     */
    record Sample(long nanos, double cpuSeconds, long bytesRead, long bytesWritten) {}

    private final Process process;
    private final Path proc;
    private final List<Sample> samples = new ArrayList<>();
    private long peakKilobytes;

    ProcessSampler(Process process) {
        this.process = process;
        this.proc = Path.of("/proc", Long.toString(process.pid()));
    }

    /** Looks every 20 ms, until the process ends. */
    @Override
    public void run() {
        for (int i = 0; process.isAlive(); i++) {
            if (!look(i % MEMORY_EVERY == 0)) {
                return;
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    /** Looks now; false where there is no such process any more. */
    synchronized boolean look(boolean memory) {
        try {
            String stat = Files.readString(proc.resolve("stat"));
            // The name of the program, in brackets, may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            String io = Files.readString(proc.resolve("io"));
            samples.add(new Sample(
                    System.nanoTime(), ticks * SECONDS_PER_TICK, number(io, "rchar:"), number(io, "wchar:")));
            if (memory) {
                String status = Files.readString(proc.resolve("status"));
                peakKilobytes = status.contains("VmHWM:") ? number(status, "VmHWM:") : peakKilobytes;
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
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
