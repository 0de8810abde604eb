package io.entrawatch.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar that is built, on a Flink cluster of several processes that gets nothing else. */
@Tag("full")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class JobOnAClusterTest {

    private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");

    @TempDir
    private static Path home;

    private static Tenant tenant;
    private static Chain chain;

    @BeforeAll
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    static void start() throws Exception {
        tenant = Tenant.get();
        chain = Chain.get();
    }

    /** A test that failed leaves its job behind, whose slots the next one needs. */
    @AfterEach
    void cancelWhatStillRuns() throws Exception {
        chain.flink().rest().cancelAll();
    }

    @Test
    void everyEventIsCountedAndEveryAlertIsThereOnce() throws Exception {
        FedJob fed = FedJob.prepare(chain, "counted", tenant.records())
                .submit(chain.settings("counted", tenant.organization()).write(), 2)
                .finish(tenant.alerts());
        assertThat(fed.alerts()).isEqualTo(tenant.alerts());
        fed.feedUntil(
                "the counts of all events",
                () -> fed.job().counters().getOrDefault("source/entra/events", 0L)
                        >= tenant.records().size());
        Map<String, Long> counters = fed.job().counters();
        assertThat(counters)
                .containsEntry("source/entra/events", (long) tenant.records().size())
                .containsEntry("source/entra/evaluated", (long) tenant.records().size() - Tenant.BROKEN)
                .containsEntry("source/entra/dead_letters", (long) Tenant.BROKEN)
                .containsEntry("source/entra/late", 0L);
        fed.job().cancel();
        assertThat(fed.countOf("dead-letters")).isEqualTo(Tenant.BROKEN);
        assertThat(fed.countOf("late")).isZero();
    }

    @Test
    void theCommandLineSubmitsItToo() throws Exception {
        Path settings = chain.settings("commanded", tenant.organization()).write();
        FedJob fed = FedJob.prepare(chain, "commanded", tenant.records());
        String said = chain.flink().flink("run", "-d", Chain.JAR.toString(), "--conf", settings.toString());
        Matcher submitted = SUBMITTED.matcher(said);
        assertThat(submitted.find()).as(said).isTrue();
        fed.runsAs(chain.flink().rest().job(submitted.group(1))).finish(tenant.alerts());
        assertThat(chain.flink().flink("list")).contains("entrawatch (RUNNING)");
        fed.job().cancel();
        assertThat(fed.alerts()).isEqualTo(tenant.alerts());
    }

    @Test
    void itGoesOnFromSavepointsWithMoreAndWithFewerSubtasks() throws Exception {
        Path settings = chain.settings("rescaled", tenant.organization()).write();
        Path savepoints = home.resolve("savepoints");
        FedJob fed = FedJob.prepare(chain, "rescaled", tenant.records())
                .submit(settings, 1)
                .feedTo(0.2)
                .upTo(0.8)
                .awaitSomeAlerts();
        for (int parallelism : new int[] {3, 2}) {
            String savepoint = fed.job().stop(savepoints);
            fed.resume(settings, parallelism, savepoint, false).awaitSomeAlerts();
            assertThat(fed.job().vertices().get(0).get("parallelism").asInt()).isEqualTo(parallelism);
        }
        fed.finish(tenant.alerts()).awaitCheckpoint().job().cancel();
        assertThat(fed.alerts()).isEqualTo(tenant.alerts());
        assertThat(fed.countOfAlerts()).isEqualTo(tenant.alerts().size());
        assertThat(fed.countOf("dead-letters")).isEqualTo(Tenant.BROKEN);
        assertThat(fed.countOf("late")).isZero();
    }
}
