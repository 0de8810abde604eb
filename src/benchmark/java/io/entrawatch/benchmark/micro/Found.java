package io.entrawatch.benchmark.micro;

import java.util.function.Consumer;

import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import io.entrawatch.alert.Alert;
import io.entrawatch.engine.screen.ScreenEvents;
import io.entrawatch.event.EntraEvent;

/** Takes what screening finds, without a job around it. */
final class Found implements Collector<Alert> {

    private final Consumer<Object> taker;
    private final ProcessFunction<EntraEvent, Alert>.Context context;

    Found(ScreenEvents screen, Consumer<Object> taker) {
        this.taker = taker;
        this.context = screen.new Context() {
            @Override
            public Long timestamp() {
                throw new UnsupportedOperationException("screening asks for no time");
            }

            @Override
            public TimerService timerService() {
                throw new UnsupportedOperationException("screening has no timers");
            }

            @Override
            public <X> void output(OutputTag<X> tag, X value) {
                taker.accept(value);
            }
        };
    }

    ProcessFunction<EntraEvent, Alert>.Context context() {
        return context;
    }

    @Override
    public void collect(Alert alert) {
        taker.accept(alert);
    }

    @Override
    public void close() {}
}
