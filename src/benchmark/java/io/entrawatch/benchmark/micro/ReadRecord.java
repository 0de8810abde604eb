package io.entrawatch.benchmark.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.entrawatch.event.Decoded;
import io.entrawatch.ingest.Decoding;
import io.entrawatch.ingest.RecordFile;

/** One record of a file, from its bytes to all that the shipped catalogue asks of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class ReadRecord {

    @Param
    public Form form;

    private Samples samples;
    private Path file;
    private Decoding decoding;

    @Setup(Level.Trial)
    public void prepare() throws IOException {
        samples = Samples.generate();
        file = samples.file(form);
        decoding = Samples.decoding(samples.catalogue(0));
        Samples.events(file, decoding);
    }

    @Benchmark
    @OperationsPerInvocation(Samples.RECORDS)
    public List<Decoded> read() throws IOException {
        return RecordFile.read(file, decoding);
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        samples.delete();
    }
}
