package io.entrawatch.benchmark.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.flink.api.common.functions.OpenContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.EcsDocument;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.Detection;
import io.entrawatch.engine.screen.ScreenEvents;
import io.entrawatch.event.EntraEvent;

/** One alert of one event to the JSON that Elasticsearch gets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init")
public class WriteAlert {

    private Alert alert;
    private Detection detection;

    @Setup(Level.Trial)
    public void prepare() throws Exception {
        Samples samples = Samples.generate();
        try {
            Catalogue catalogue = samples.catalogue(0);
            alert = alerts(samples, catalogue).get(0);
            detection = catalogue.find(alert.detection()).orElseThrow();
        } finally {
            samples.delete();
        }
    }

    private static List<Alert> alerts(Samples samples, Catalogue catalogue) throws Exception {
        List<EntraEvent> audit = Samples.events(samples.file(Form.DIAGNOSTIC_AUDIT), Samples.decoding(catalogue));
        ScreenEvents screen = new ScreenEvents(catalogue.forScreening(), samples.organization());
        screen.open(new OpenContext() {});
        List<Alert> alerts = new ArrayList<>();
        Found found = new Found(screen, value -> {
            if (value instanceof Alert made) {
                alerts.add(made);
            }
        });
        for (EntraEvent event : audit) {
            screen.processElement(event, found.context(), found);
        }
        return alerts;
    }

    @Benchmark
    public byte[] write() {
        return EcsDocument.of(alert, detection);
    }
}
