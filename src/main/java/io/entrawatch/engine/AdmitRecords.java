package io.entrawatch.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

import io.entrawatch.detection.Catalogue;
import io.entrawatch.event.DeadLetter;
import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.HealthReport;
import io.entrawatch.event.LateEvent;

/**
 * Lets events through, tells those that are late or from the future, and sends dead letters aside. Each record is counted
 * here, and a job that goes on reports these counts at regular times, also when there are none: silence has to be seen.
 *
 * <p>An operator and not a function, because a function has timers of the wall clock only behind a key. What it reports
 * decides nothing.
 */
@SuppressWarnings("NullAway.Init")
public final class AdmitRecords extends AbstractStreamOperator<EntraEvent>
        implements OneInputStreamOperator<Decoded, EntraEvent> {

    private static final long serialVersionUID = 1L;

    /** The lag before the first event. */
    private static final long NONE = -1;

    private final String source;
    private final long reportEveryMillis;
    private final int detectionsOn;
    private final List<String> detectionsOff;

    private transient RecordCounts counts;
    private transient String run;
    private transient long watermark;
    private transient long lastReport;
    /** Read by those who look at metrics. */
    private transient volatile long newest;

    /** @param reportEvery how often to report; null for never */
    public AdmitRecords(String source, Catalogue catalogue, @Nullable Duration reportEvery) {
        this.source = source;
        this.reportEveryMillis = reportEvery == null ? 0 : reportEvery.toMillis();
        this.detectionsOn = catalogue.enabled().size();
        this.detectionsOff = catalogue.namesOff();
    }

    @Override
    public void open() throws Exception {
        super.open();
        counts = new RecordCounts(getRuntimeContext(), source);
        watermark = Long.MIN_VALUE;
        newest = Long.MIN_VALUE;
        JobInfo job = getRuntimeContext().getJobInfo();
        run = job.getJobId() + "/" + getRuntimeContext().getTaskInfo().getAttemptNumber();
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("entrawatch");
        metrics.gauge("detections.on", (Gauge<Integer>) () -> detectionsOn);
        metrics.gauge("detections.off", (Gauge<Integer>) detectionsOff::size);
        metrics.gauge("source." + source + ".lag_ms", (Gauge<Long>) () -> newest == Long.MIN_VALUE ? NONE : lag());
        if (reportEveryMillis > 0) {
            wakeAtTheNextFullPeriod();
        }
    }

    @Override
    public void processElement(StreamRecord<Decoded> record) {
        DeadLetter deadLetter = record.getValue().deadLetter();
        if (deadLetter != null) {
            counts.deadLetter(deadLetter.reason());
            output.collect(Stages.DEAD_LETTERS, new StreamRecord<>(deadLetter, record.getTimestamp()));
        }
        EntraEvent event = record.getValue().event();
        if (event != null) {
            admit(event, record);
        }
    }

    /** A late event is told and goes on as well: the stages decide what their state allows. */
    private void admit(EntraEvent event, StreamRecord<Decoded> record) {
        long at = event.atMillis();
        if (at > newest) {
            // An event from the future must not hide for long that nothing comes any more.
            newest = Math.max(newest, Math.min(at, now()));
        }
        if (event.isFuture()) {
            late(event, Math.min(-1, now() - at), record.getTimestamp());
        } else if (at > watermark) {
            counts.evaluated(event);
        } else {
            late(event, watermark - at, record.getTimestamp());
        }
        output.collect(record.replace(event));
    }

    private void late(EntraEvent event, long byMillis, long timestamp) {
        counts.late(event);
        LateEvent late = new LateEvent(source, EventSummary.of(event), byMillis);
        output.collect(Stages.LATE, new StreamRecord<>(late, timestamp));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        super.processWatermark(mark);
    }

    /** What came since the last full period, where records have an end. */
    @Override
    public void finish() throws Exception {
        if (reportEveryMillis > 0) {
            report();
        }
        super.finish();
    }

    private void wakeAtTheNextFullPeriod() {
        long next = (Math.floorDiv(now(), reportEveryMillis) + 1) * reportEveryMillis;
        ScheduledFuture<?> unused = getProcessingTimeService().registerTimer(next, due -> {
            report();
            wakeAtTheNextFullPeriod();
        });
    }

    private void report() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        // Never twice the same time in a run, so that no report is taken for a copy of another.
        lastReport = Math.max(now(), lastReport + 1);
        boolean timeIsKnown = watermark != Long.MIN_VALUE && watermark != Watermark.MAX_WATERMARK.getTimestamp();
        HealthReport report = new HealthReport(
                source,
                task.getIndexOfThisSubtask(),
                run,
                lastReport,
                counts.sinceAsked(),
                newest == Long.MIN_VALUE ? null : lag(),
                timeIsKnown ? watermark : null,
                detectionsOn,
                detectionsOff);
        output.collect(Stages.HEALTH, new StreamRecord<>(report));
    }

    private long lag() {
        return Math.max(0, now() - newest);
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
