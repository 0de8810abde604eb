package io.entrawatch.benchmark;

import java.util.List;
import java.util.function.ToLongFunction;

import io.entrawatch.benchmark.ProcessSampler.Sample;

/**
 * What one run of a variant came to.
 *
 * @param coldMicros CPU of the whole process for each event, from its start to its end
 * @param coldSeconds by the wall, from its start to its last alert
 * @param micros CPU for each event from where half of the bytes had passed until the last alert was written
 * @param compilerMicros how much of that the JVM took to compile
 * @param kernelMicros how much of that the kernel took, to read, to write and to give memory
 * @param eventsPerSecond by the wall, over the same part
 * @param peakMegabytes the most memory that the process held
 */
record Measurement(
        double coldMicros,
        double coldSeconds,
        double micros,
        double compilerMicros,
        double kernelMicros,
        double eventsPerSecond,
        double peakMegabytes) {

    /** The JVM compiles until about there. */
    private static final double STEADY_FROM = 0.5;

    private static final double LATEST_LOOK = 0.75;
    private static final double NEARLY_ALL = 0.95;
    private static final double MICROS = 1e6;
    private static final double NANOS = 1e-9;

    /**
     * Reckons a run. Beside its input a process reads a little else, such as its own state on disk; that is taken to be
     * spread over the run as the input is.
     *
     * @param work what it had to do
     * @param passed the bytes that tell how far a process is: those it reads, or those it writes
     * @param ready when the process said so
     * @param done when it said so
     */
    static Measurement of(
            Variant.Work work, ToLongFunction<Sample> passed, Sample ready, Sample done, ProcessSampler sampler) {
        List<Sample> samples = sampler.samples();
        long before = passed.applyAsLong(ready);
        double all = passed.applyAsLong(done) - before;
        if (all < NEARLY_ALL * work.bytes()) {
            throw new IllegalStateException("the process passed " + all + " bytes of " + work.bytes()
                    + ", so that nothing tells how far it was");
        }
        Sample from = samples.stream()
                .filter(sample -> passed.applyAsLong(sample) - before >= STEADY_FROM * all)
                .findFirst()
                .orElse(done);
        double share = (passed.applyAsLong(from) - before) / all;
        if (share > LATEST_LOOK) {
            throw new IllegalStateException("the run was too short to be measured: when it was first seen to have read"
                    + " half, it had read " + Math.round(share * 100) + " % (expected: more events)");
        }
        double rest = work.events() * (1 - share);
        return new Measurement(
                sampler.last().cpuSeconds() * MICROS / work.events(),
                (done.nanos() - samples.get(0).nanos()) * NANOS,
                (done.cpuSeconds() - from.cpuSeconds()) * MICROS / rest,
                (done.compilerSeconds() - from.compilerSeconds()) * MICROS / rest,
                (done.kernelSeconds() - from.kernelSeconds()) * MICROS / rest,
                rest / ((done.nanos() - from.nanos()) * NANOS),
                sampler.peakMegabytes());
    }
}
