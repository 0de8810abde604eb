package io.entrawatch.benchmark.micro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.functions.OpenContext;
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
import org.openjdk.jmh.infra.Blackhole;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.engine.screen.ScreenEvents;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.ingest.Decoding;

/** One event, nine in ten a sign-in, against all questions that are asked without memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class ScreenEvent {

    private static final int AUDIT = Samples.RECORDS / 10;

    @Param({"0", "1000", "5000"})
    public int moreRules;

    private Samples samples;
    private List<EntraEvent> events;
    private ScreenEvents screen;

    @Setup(Level.Trial)
    public void prepare() throws Exception {
        samples = Samples.generate();
        Catalogue catalogue = samples.catalogue(moreRules);
        events = mixed(Samples.decoding(catalogue));
        screen = new ScreenEvents(catalogue.forScreening(), samples.organization());
        screen.open(new OpenContext() {});
    }

    private List<EntraEvent> mixed(Decoding decoding) throws IOException {
        List<EntraEvent> signIns = Samples.events(samples.file(Form.DIAGNOSTIC_SIGN_IN), decoding);
        List<EntraEvent> audit = Samples.events(samples.file(Form.DIAGNOSTIC_AUDIT), decoding);
        List<EntraEvent> mixed = new ArrayList<>(signIns.subList(0, Samples.RECORDS - AUDIT));
        mixed.addAll(audit.subList(0, AUDIT));
        Collections.shuffle(mixed, new Random(1));
        return mixed;
    }

    @Benchmark
    @OperationsPerInvocation(Samples.RECORDS)
    public void screen(Blackhole found) throws Exception {
        Found into = new Found(screen, found::consume);
        for (EntraEvent event : events) {
            screen.processElement(event, into.context(), into);
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        samples.delete();
    }
}
