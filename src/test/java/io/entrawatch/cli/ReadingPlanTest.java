package io.entrawatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.ingest.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ReadingPlanTest {

    private static final long HOUR = 3_600_000;
    private static final int SIZE = 1_000;

    @TempDir
    private Path directory;

    @Test
    void filesThatFollowEachOtherAreReadOneAfterTheOther() throws Exception {
        FileTimes second = file("a", HOUR - 60_000, 2 * HOUR, 5_000);
        FileTimes first = file("b", 0, HOUR, 30_000);
        ReadingPlan plan = ReadingPlan.of(List.of(second, first));
        assertThat(plan.parts()).containsExactly(new ReadingPlan.Part(List.of(first.path(), second.path()), 60_000));
        assertThat(plan.size()).isEqualTo(2 * SIZE);
        assertThat(plan.waiting()).isCloseTo(2 * SIZE / 120.0, within(0.001));
    }

    @Test
    void filesOfTheSameTimeAreReadAtOnce() throws Exception {
        FileTimes signIns = file("signins", 0, 100 * HOUR, 60_000);
        FileTimes audits = file("audits", HOUR, 99 * HOUR, 5_000);
        ReadingPlan plan = ReadingPlan.of(List.of(signIns, audits));
        assertThat(plan.parts())
                .containsExactly(
                        new ReadingPlan.Part(List.of(signIns.path()), 60_000),
                        new ReadingPlan.Part(List.of(audits.path()), 5_000));
        assertThat(plan.waiting()).isLessThan(plan.size() / 50);
    }

    @Test
    void manyFilesAreReadInTheOrderInWhichTheyBegin() throws Exception {
        List<FileTimes> hours = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            hours.add(file("audits-" + hour, hour * HOUR, (hour + 1) * HOUR - 1, 0));
            hours.add(file("signins-" + hour, hour * HOUR, (hour + 1) * HOUR - 1, 0));
        }
        ReadingPlan plan = ReadingPlan.of(hours);
        assertThat(plan.parts()).singleElement().satisfies(part -> {
            assertThat(part.files())
                    .containsExactlyElementsOf(
                            hours.stream().map(FileTimes::path).toList());
            assertThat(part.disorder()).isEqualTo(HOUR - 1);
        });
        assertThat(plan.waiting()).isCloseTo(plan.size() / 24, within(1.0));
    }

    @Test
    void allWaitsForWhatHasTheNewestFirst() throws Exception {
        ReadingPlan plan = ReadingPlan.of(List.of(file("newest-first", 0, HOUR, HOUR)));
        assertThat(plan.waiting()).isEqualTo(SIZE);
    }

    @Test
    void filesWithoutEventsHoldNothingUp() throws Exception {
        FileTimes empty = file("empty", Long.MAX_VALUE, Long.MIN_VALUE, 0);
        FileTimes full = file("full", 0, HOUR, 0);
        assertThat(ReadingPlan.of(List.of(empty, full)).waiting()).isZero();
        ReadingPlan none = ReadingPlan.of(List.of(empty, empty));
        assertThat(none.waiting()).isZero();
        assertThat(none.parts()).singleElement().satisfies(part -> {
            assertThat(part.files()).hasSize(2);
            assertThat(part.disorder()).isZero();
        });
    }

    @Test
    void aCompressedFileIsTakenForTenTimesAsLarge() throws Exception {
        assertThat(ReadingPlan.of(List.of(file("logs.gz", 0, HOUR, 0))).size()).isEqualTo(10 * SIZE);
    }

    @Test
    void noEventIsOlderThanThePlanSays() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<Path, long[]> events = new HashMap<>();
            List<FileTimes> files = new ArrayList<>();
            for (int i = random.nextInt(1, 13); i > 0; i--) {
                long[] times = random.longs(random.nextInt(5), 0, 1_000).toArray();
                FileTimes file = timesOf("file-" + seed + "-" + i, times);
                events.put(file.path(), times);
                files.add(file);
            }
            List<Path> read = new ArrayList<>();
            for (ReadingPlan.Part part : ReadingPlan.of(files).parts()) {
                long latest = Long.MIN_VALUE;
                long oldest = 0;
                for (Path path : part.files()) {
                    for (long at : events.getOrDefault(path, new long[0])) {
                        latest = Math.max(latest, at);
                        oldest = Math.max(oldest, latest - at);
                    }
                    read.add(path);
                }
                assertThat(part.disorder()).as("seed %d", seed).isEqualTo(oldest);
            }
            assertThat(read).containsExactlyInAnyOrderElementsOf(events.keySet());
        }
    }

    private FileTimes timesOf(String name, long[] times) throws IOException {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        long disorder = 0;
        for (long at : times) {
            earliest = Math.min(earliest, at);
            latest = Math.max(latest, at);
            disorder = Math.max(disorder, latest - at);
        }
        return file(name, earliest, latest, disorder);
    }

    private FileTimes file(String name, long earliest, long latest, long disorder) throws IOException {
        Path path = Files.write(directory.resolve(name), new byte[SIZE]);
        return new FileTimes(path, earliest, latest, disorder);
    }
}
