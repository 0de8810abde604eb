package io.entrawatch.cluster;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.entrawatch.testkit.Await;
import io.entrawatch.testkit.Skip;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * While records flow, something breaks; after that, each alert that a scan of the same records gives is in Elasticsearch
 * once, and nothing else is.
 */
@Tag("full")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FaultsOnAClusterTest {

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
    void aTaskManagerIsKilled() throws Exception {
        FedJob fed = begin(settings("taskmanager"));
        chain.flink().killTaskManager(fed.job().taskManagers().iterator().next());
        fed.feedUntil("a start from a checkpoint", () -> fed.job().hasRecovered());
        chain.flink().startTaskManager();
        end(fed);
    }

    @Test
    void theJobManagerIsKilled() throws Exception {
        FedJob fed = begin(settings("jobmanager"));
        chain.flink().killJobManager();
        fed.feedTo(0.6);
        chain.flink().startJobManager();
        fed.feedUntil("a start from a checkpoint", () -> fed.job().hasRecovered());
        end(fed);
    }

    @Test
    void kafkaIsKilledAndComesBack() throws Exception {
        FedJob fed = begin(settings("kafka"));
        fed.feedTo(0.6);
        chain.kafka().kill();
        int before = fed.job().checkpoints("completed");
        Await.until("checkpoints without Kafka", () -> fed.job().checkpoints("completed") >= before + 2);
        chain.kafka().startAgain();
        end(fed);
        assertThat(fed.restarts()).as("starts after %s", fed.job().failures()).isZero();
    }

    @Test
    void elasticsearchIsKilledThenRefusesForAWhile() throws Exception {
        FedJob fed = begin(settings("elastic").flink("execution.checkpointing.timeout", "30 s"));
        chain.elasticsearch().kill();
        // Each takes half a minute to fail: it is away for two.
        fed.awaitFailedCheckpoints(4);
        chain.elasticsearch().startAgain();
        fed.awaitCheckpoint();
        refuse(true);
        fed.upTo(0.95).awaitFailedCheckpoints(1);
        assertThat(chain.flink().logOfTaskManagers()).contains("retrying: 429 ");
        refuse(false);
        end(fed);
        assertThat(fed.restarts()).as("starts after %s", fed.job().failures()).isZero();
    }

    @Test
    void theDiskForCheckpointsIsFullForAWhile() throws Exception {
        Path directory = home.resolve("small-disk");
        Skip.unless(SmallDisk.isPossible(directory), "mounting takes root");
        try (SmallDisk disk = SmallDisk.at(directory)) {
            FedJob fed = begin(settings("disk")
                    .flink("execution.checkpointing.dir", directory.toUri().toString()));
            disk.fill();
            fed.awaitFailedCheckpoints(1).awaitSomeAlerts();
            assertThat(chain.flink().logOfJobManager()).contains("No space left on device");
            disk.free();
            fed.awaitCheckpoint();
            end(fed);
            assertThat(fed.restarts())
                    .as("starts after %s", fed.job().failures())
                    .isZero();
        }
    }

    private static Chain.Settings settings(String name) {
        return chain.settings(name, tenant.organization());
    }

    /** A job that has written alerts, has made a checkpoint since, and gets more records. */
    private static FedJob begin(Chain.Settings settings) throws Exception {
        return FedJob.prepare(chain, settings.name(), tenant.records())
                .submit(settings.write(), 2)
                .feedTo(0.2)
                .upTo(0.4)
                .awaitSomeAlerts()
                .awaitCheckpoint()
                .upTo(0.8);
    }

    private static void end(FedJob fed) throws Exception {
        // After two more checkpoints nothing is on its way any more that could be one alert too many.
        fed.finish(tenant.alerts()).awaitCheckpoint();
        if (fed.restarts() == 0) {
            fed.awaitCounts();
        }
        fed.job().cancel();
        assertThat(fed.alerts()).isEqualTo(tenant.alerts());
        assertThat(fed.countOfAlerts()).isEqualTo(tenant.alerts().size());
        assertThat(fed.countOf("dead-letters")).isEqualTo(Tenant.BROKEN);
        assertThat(fed.countOf("late")).isZero();
    }

    /** Lets Elasticsearch take no request of more than a byte; it answers 429 then, as it does when it has no memory left. */
    private static void refuse(boolean refused) throws Exception {
        chain.elasticsearch()
                .send(
                        "PUT",
                        "/_cluster/settings",
                        "{\"transient\":{\"network.breaker.inflight_requests.limit\":" + (refused ? "\"1b\"" : "null")
                                + "}}");
    }
}
