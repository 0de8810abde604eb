package io.entrawatch.cli;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** A job of this process, which somebody waits for and watches meanwhile. */
final class RunningJob {

    private final JobClient job;

    RunningJob(JobClient job) {
        this.job = job;
    }

    /** Waits for its end, and says about once a second how far it is. */
    JobExecutionResult await(Progress progress) throws Exception {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        while (true) {
            try {
                JobExecutionResult done = result.get(1, TimeUnit.SECONDS);
                progress.done();
                return done;
            } catch (TimeoutException e) {
                progress.at(counts());
            } catch (ExecutionException e) {
                progress.done();
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    private Map<String, Object> counts() throws InterruptedException {
        try {
            return job.getAccumulators().get();
        } catch (ExecutionException | IllegalStateException e) {
            // The job has just ended, and its cluster with it; the result is on its way.
            return Map.of();
        }
    }
}
