package io.entrawatch.engine.compare;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

import io.entrawatch.alert.Alert;
import io.entrawatch.alert.AlertId;
import io.entrawatch.alert.Evidence;
import io.entrawatch.detection.Catalogue;
import io.entrawatch.detection.IncreaseDetection;
import io.entrawatch.detection.Step;
import io.entrawatch.detection.organization.Organization;
import io.entrawatch.engine.AlertRoutes;
import io.entrawatch.engine.Steps;
import io.entrawatch.engine.Subjects;
import io.entrawatch.engine.wire.Key;
import io.entrawatch.engine.wire.Observation;
import io.entrawatch.engine.wire.Observations;
import io.entrawatch.event.EventSummary;
import io.entrawatch.event.Field;

/**
 * Counts the events of each local day and compares with the same weekday of earlier weeks. Events come in order and are
 * counted one by one, so that the verdict falls on the very event that makes the difference; each day has one verdict at
 * most.
 */
public final class CompareWithLastWeek extends ProcessWindowFunction<Observations, Alert, Key, TimeWindow> {

    private static final long serialVersionUID = 1L;

    /** How long a day's count is kept: four weeks to compare with, and a week for the day itself and late events. */
    public static final Duration REMEMBERED = Duration.ofDays(35);

    private static final int WEEKS = 4;

    private static final MapStateDescriptor<Long, Long> TOTALS =
            new MapStateDescriptor<>("totals-by-day", Types.LONG, Types.LONG);
    private static final ValueStateDescriptor<Long> NEEDED = new ValueStateDescriptor<>("needed", Types.LONG);
    private static final ListStateDescriptor<Observation> LATEST =
            new ListStateDescriptor<>("latest-events", TypeInformation.of(Observation.class));

    private static final long NO_VERDICT = Long.MAX_VALUE;

    private final Organization organization;
    private final Map<Long, IncreaseDetection> detections;
    private final AlertRoutes routes;

    public CompareWithLastWeek(Catalogue catalogue, Organization organization) {
        this.detections = Steps.byNumber(catalogue.running(IncreaseDetection.class));
        this.routes = new AlertRoutes(catalogue);
        this.organization = organization;
    }

    @Override
    public void process(Key key, Context context, Iterable<Observations> come, Collector<Alert> alerts)
            throws Exception {
        MapState<Long, Long> totals = context.globalState().getMapState(TOTALS);
        IncreaseDetection detection = detections.get(key.detection());
        long day = context.window().getStart();
        Long before = totals.get(day);
        long count = before == null ? 0 : before;
        long limit = 0;
        for (Observations together : come) {
            for (Observation observation : together.all()) {
                if (observation.isPresence() || !LocalDays.contains(context.window(), observation)) {
                    continue;
                }
                count++;
                // Null: switched off since the state was written.
                if (detection != null) {
                    limit = limit == 0 ? limit(detection, observation, context, totals) : limit;
                    limit = decide(detection, observation, count, limit, context, totals, alerts);
                }
            }
        }
        totals.put(day, count);
    }

    /** The count that makes the difference: the same all day long, unless {@link #decide} finds that it takes more by now. */
    private long limit(
            IncreaseDetection detection, Observation observation, Context context, MapState<Long, Long> totals)
            throws Exception {
        ValueState<Long> needed = context.windowState().getState(NEEDED);
        Long limit = needed.value();
        if (limit == null) {
            Increase increase = increase(detection, observation, context.window(), totals);
            limit = increase == null ? NO_VERDICT : increase.needed();
            needed.update(limit);
        }
        return limit;
    }

    /**
     * Alerts at the limit, unless it takes more than when the day began: its settings were changed, or late events came to an
     * earlier day.
     *
     * @return the limit from now on
     */
    private long decide(
            IncreaseDetection detection,
            Observation observation,
            long count,
            long limit,
            Context context,
            MapState<Long, Long> totals,
            Collector<Alert> alerts)
            throws Exception {
        if (count <= limit - Evidence.MOST_EVENTS || count > limit) {
            return limit;
        }
        ListState<Observation> latest = context.windowState().getListState(LATEST);
        latest.add(observation);
        if (count == limit) {
            Increase increase = increase(detection, observation, context.window(), totals);
            if (increase != null && increase.needed() > count) {
                latest.update(lastOf(latest.get(), Evidence.MOST_EVENTS - (increase.needed() - count)));
                context.windowState().getState(NEEDED).update(increase.needed());
                return increase.needed();
            }
            if (increase != null) {
                boolean begun = isBegun(detection, observation, context.window(), totals);
                Alert alert = alert(detection, observation, count, increase, begun, context.window(), latest.get());
                routes.found(alert, alerts, context::output);
            }
            latest.clear();
        }
        return limit;
    }

    private static List<Observation> lastOf(Iterable<Observation> all, long most) {
        List<Observation> last = new ArrayList<>();
        all.forEach(last::add);
        return last.subList(last.size() - (int) Math.max(0, Math.min(last.size(), most)), last.size());
    }

    private @Nullable Increase increase(
            IncreaseDetection detection, Observation observation, TimeWindow window, MapState<Long, Long> totals)
            throws Exception {
        ZoneId zone = zoneOf(observation);
        LocalDate today = dayOf(window, zone);
        LocalDate comparedWith = comparedWith(detection, observation, today);
        List<Long> history = new ArrayList<>();
        for (int week = 1; week <= WEEKS; week++) {
            LocalDate earlier = today.minusWeeks(week);
            boolean counts = earlier.equals(comparedWith) || !isHoliday(earlier, observation);
            Long total = counts ? totals.get(LocalDays.startOf(earlier, zone)) : null;
            if (total != null) {
                history.add(total);
            }
        }
        Long baseline = totals.get(LocalDays.startOf(comparedWith, zone));
        return Increase.over(detection, baseline, history);
    }

    /** The same weekday so many weeks before, or still earlier, as long as that is a holiday everywhere. */
    private LocalDate comparedWith(IncreaseDetection detection, Observation observation, LocalDate today) {
        LocalDate last = today.minusWeeks(detection.weeks());
        for (int week = detection.weeks(); week <= WEEKS; week++) {
            LocalDate earlier = today.minusWeeks(week);
            if (!isHoliday(earlier, observation)) {
                return earlier;
            }
        }
        return last;
    }

    private boolean isHoliday(LocalDate day, Observation observation) {
        return organization.profile(observation.tenant()).expected().holidays().include(day, null);
    }

    private static LocalDate dayOf(TimeWindow window, ZoneId zone) {
        return Instant.ofEpochMilli(window.getStart()).atZone(zone).toLocalDate();
    }

    /** Whether logs had arrived before the day that is compared with, so that they cover the whole of it. */
    private boolean isBegun(
            IncreaseDetection detection, Observation observation, TimeWindow window, MapState<Long, Long> totals)
            throws Exception {
        ZoneId zone = zoneOf(observation);
        LocalDate earlier = comparedWith(detection, observation, dayOf(window, zone));
        return totals.contains(LocalDays.startOf(earlier.minusDays(1), zone));
    }

    private Alert alert(
            IncreaseDetection detection,
            Observation observation,
            long count,
            Increase increase,
            boolean baselineBegun,
            TimeWindow window,
            Iterable<Observation> latest) {
        EventSummary event = observation.evidence();
        LocalDate day = dayOf(window, zoneOf(observation));
        LocalDate comparedWith = comparedWith(detection, observation, day);
        List<String> group = observation.group();
        List<EventSummary> events = new ArrayList<>();
        latest.forEach(one -> events.add(one.evidence()));
        Map<String, Double> facts = new TreeMap<>();
        facts.put("baseline", (double) increase.baseline());
        boolean standsOut = increase.baselineStandsOut();
        facts.put("increase_percent", percent(count, standsOut ? increase.median() : increase.baseline()));
        facts.put("median_of_weekday", increase.median());
        facts.put("dispersion", increase.dispersion());
        Map<String, String> notes = new TreeMap<>();
        notes.put("day", day.toString());
        notes.put("compared_with", comparedWith.toString());
        notes.put("zone", zoneOf(observation).getId());
        if (increase.baselineSuspect()) {
            notes.put(
                    "baseline_suspect",
                    standsOut
                            ? "the earlier day had more than three times what the weekday usually has"
                            : "the earlier day had less than half of what the weekday usually has");
        }
        if (!baselineBegun) {
            notes.put(
                    "baseline_incomplete", "no logs from the day before the baseline day; its count may be incomplete");
        }
        String usual = standsOut
                ? String.format(
                        Locale.ROOT,
                        "%.0f on such a day; the %d on %s stand out",
                        increase.median(),
                        increase.baseline(),
                        comparedWith)
                : increase.baseline() + " on " + comparedWith;
        String reason = String.format(
                Locale.ROOT,
                "%s: %d events so far on %s, more than %.0f %% above the %s",
                subject(detection, observation),
                count,
                day,
                detection.by() * 100,
                usual);
        return new Alert(
                AlertId.of(event.tenant(), detection.name(), group, List.of(observation.id())),
                detection.name(),
                detection.metadata().title(),
                event.atMillis(),
                event.tenant(),
                group,
                detection.metadata().level(),
                List.of(),
                reason,
                new Evidence(count, increase.needed(), "events", facts, notes, events),
                observation.key() + " " + day,
                Duration.ofDays(1).toMillis());
    }

    private static double percent(long count, double baseline) {
        return baseline == 0 ? 0 : Math.round(1000.0 * (count - baseline) / baseline) / 10.0;
    }

    /** Of an application the name, because its id tells nobody anything. */
    private static String subject(IncreaseDetection detection, Observation observation) {
        if (observation.group().size() == 1) {
            return "the tenant";
        }
        String app = observation.evidence().app();
        boolean byApp =
                detection.steps().get(0) instanceof Step.OfRule of && of.group().equals(List.of(Field.APP_ID));
        return byApp && app != null ? app + " (" + Subjects.of(observation) + ")" : Subjects.of(observation);
    }

    private ZoneId zoneOf(Observation observation) {
        return organization.profile(observation.tenant()).zone();
    }

    @Override
    public void clear(Context context) throws Exception {
        context.windowState().getState(NEEDED).clear();
        context.windowState().getListState(LATEST).clear();
        context.globalState().getMapState(TOTALS).remove(context.window().getStart());
    }
}
