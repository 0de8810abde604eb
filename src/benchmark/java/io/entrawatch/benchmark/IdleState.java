package io.entrawatch.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.entrawatch.settings.TimeSettings;
import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Logs;
import io.entrawatch.testkit.Ports;

/**
 * What the shipped catalogue remembers of accounts that have been used for two weeks and then not for two days, on the
 * heap: the size of savepoints, which are the state without the objects around it, in the form of a checkpoint and in that
 * which any backend can read; and how long a job takes until all its tasks have theirs again, on the heap and on disk. Most
 * of the accounts are those that attackers try once. What is remembered of tenants and addresses is in it too, shared out
 * among the accounts.
 */
final class IdleState {

    /** When the last day of the records is over everywhere. */
    private static final Instant END = Instant.parse("2026-03-17T12:00:00Z");

    private static final Duration IDLE = Duration.ofDays(2);
    private static final Pattern USER_ID = Pattern.compile("\"userId\":\"([^\"]+)\"");
    private static final int LAST_ONES = 5;
    private static final String LAST = "the-last-";
    private static final double MILLION = 1e6;
    private static final double NEARLY = 0.99;
    private static final int TARGET_BYTES = 400;
    private static final int TARGET_SECONDS = 30;

    private static final String HEAP = "hashmap";

    /** The state that a savepoint can be restored to. */
    private static final Map<JobProcess.Form, List<String>> BACKENDS =
            Map.of(JobProcess.Form.NATIVE, List.of(HEAP), JobProcess.Form.CANONICAL, List.of(HEAP, "rocksdb"));

    private final BenchmarkData signIns;
    private final Path home;
    private final int port = Ports.free();

    IdleState(BenchmarkData signIns, Path home) throws IOException {
        this.signIns = signIns;
        this.home = home;
    }

    /** Measures, and tells in Markdown. */
    String run(long users) throws Exception {
        Rounds.deleteAll(home);
        Path logs = Files.createDirectories(home.resolve("logs"));
        Files.createSymbolicLink(logs.resolve("events.ndjson"), signIns.one().toAbsolutePath());
        try {
            Map<JobProcess.Form, Path> savepoints = remember(logs);
            long accounts = accounts(signIns.one());
            StringBuilder page = new StringBuilder(String.format(
                    Locale.ROOT,
                    "| form | people | accounts | savepoint MB | bytes for each account (target: %d) | restored to |"
                            + " in s | a million accounts (target: %d s) |%n|---|---|---|---|---|---|---|---|%n",
                    TARGET_BYTES,
                    TARGET_SECONDS));
            for (var savepoint : savepoints.entrySet()) {
                for (String backend : BACKENDS.get(savepoint.getKey())) {
                    double seconds;
                    try (JobProcess job = job("restored", backend, savepoint.getValue())) {
                        seconds = job.awaitRunning();
                    }
                    page.append(row(savepoint.getKey(), users, accounts, size(savepoint.getValue()), backend, seconds));
                }
            }
            return page.toString();
        } finally {
            Rounds.deleteAll(home);
        }
    }

    /** Two savepoints of the same, in both forms. */
    private Map<JobProcess.Form, Path> remember(Path logs) throws Exception {
        try (JobProcess job = job("first", HEAP, null)) {
            job.awaitRunning();
            // Files are read in the order in which they are found.
            Await.until("the first file to be looked at", job::hasBegun);
            Files.write(home.resolve("last"), last());
            Files.move(home.resolve("last"), logs.resolve("last.ndjson"));
            Await.until("the last record", this::lastIsFound);
            job.awaitTime(END.plus(IDLE).minus(TimeSettings.DEFAULT.lateness()).toEpochMilli() - 1);
            Map<JobProcess.Form, Path> savepoints = new EnumMap<>(JobProcess.Form.class);
            for (JobProcess.Form form : JobProcess.Form.values()) {
                savepoints.put(form, job.savepoint(form, home.resolve("savepoints")));
            }
            return savepoints;
        }
    }

    private JobProcess job(String name, String backend, @Nullable Path savepoint) throws IOException {
        Path settings = Files.writeString(
                home.resolve(name + ".yaml"),
                """
                sources: [ { name: files, files: { paths: [ '%s' ], watch: 1s } } ]
                organization: '%s'
                time: { idleness: 1d }
                outputs: { files: { directory: '%s' } }
                flink:
                  parallelism.default: '1'
                  restart-strategy.type: none
                  state.backend.type: '%s'
                  rest.port: '%d'
                  rest.bind-port: '%d'
                  execution.checkpointing.interval: 10 s
                  execution.checkpointing.dir: '%s'
                """
                        .formatted(
                                home.resolve("logs"),
                                signIns.organization().toAbsolutePath(),
                                home.resolve("out"),
                                backend,
                                port,
                                port,
                                home.resolve("checkpoints").toUri()));
        if (savepoint != null) {
            Files.writeString(
                    settings,
                    "  execution.state-recovery.path: '" + savepoint.toUri() + "'\n",
                    StandardOpenOption.APPEND);
        }
        return JobProcess.start(settings, port, home.resolve(name + ".log"));
    }

    /** Reports of fraud, which are found at once, so late that time goes on by two idle days; three agree on the time. */
    private static List<String> last() {
        List<String> last = new ArrayList<>();
        for (int i = 0; i < LAST_ONES; i++) {
            Instant at = END.plus(IDLE).plusSeconds(i);
            last.add(Logs.audit(LAST + i, at, "Fraud reported - no action taken", "person-" + i, "success"));
        }
        return last;
    }

    private boolean lastIsFound() throws IOException {
        try (Stream<Path> written = Files.walk(home.resolve("out"))) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains(LAST + (LAST_ONES - 1))) {
                    return true;
                }
            }
        } catch (NoSuchFileException | UncheckedIOException movedMeanwhile) {
            return false;
        }
        return false;
    }

    private static long size(Path directory) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** How many accounts tried to sign in. */
    private static long accounts(Path logs) throws IOException {
        Set<String> accounts = new HashSet<>();
        try (Stream<String> lines = Files.lines(logs)) {
            lines.map(USER_ID::matcher).filter(Matcher::find).forEach(found -> accounts.add(found.group(1)));
        }
        return accounts.size();
    }

    private static String row(
            JobProcess.Form form, long users, long accounts, long bytes, String backend, double seconds) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %,d | %.1f | %.0f | %s | %.1f | %s |%n",
                form.name().toLowerCase(Locale.ROOT),
                users,
                accounts,
                bytes / MILLION,
                bytes / (double) accounts,
                backend,
                seconds,
                // Of so few people most of the time is the job's start, so that nothing can be reckoned from it.
                accounts < MILLION * NEARLY
                        ? "told by only=restore"
                        : String.format(Locale.ROOT, "%.1f", seconds * MILLION / accounts));
    }
}
