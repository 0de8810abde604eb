package io.entrawatch.sink;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.entrawatch.event.DeadLetter;
import io.entrawatch.settings.OutputSettings;

/**
 * Sends batches and sorts the answers: done, again later, refused for good, or not to be helped. A refused document is
 * written as text to the index of dead letters; what has to wait is kept within Flink's bounds, and waits longer each
 * time.
 */
final class ElasticsearchWriter extends AsyncSinkWriter<Document, BulkEntry> {

    /** Of a document in its dead letter: an alert is there whole, and with all its quotes escaped fits into a document again. */
    static final int LONGEST_REFUSED = 512 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(ElasticsearchWriter.class);

    private static final long SHORTEST_WAIT_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 5_000;
    private static final int MOST_DOUBLINGS = 6;

    /** Whether Elasticsearch has taken a request yet. */
    private volatile boolean worked;

    private final ElasticsearchClient client;
    private final String deadLetters;
    private final Duration longestRefusal;
    private final AtomicInteger failures = new AtomicInteger();
    private final Counter retried;
    private final Counter refused;
    private final Counter lost;

    ElasticsearchWriter(
            ElementConverter<Document, BulkEntry> converter,
            WriterInitContext context,
            AsyncSinkWriterConfiguration configuration,
            Collection<BufferedRequestState<BulkEntry>> states,
            ElasticsearchClient client,
            OutputSettings.Elasticsearch settings,
            Patience patience) {
        super(converter, context, configuration, states);
        this.client = client;
        this.longestRefusal = patience.afterwards();
        this.deadLetters = settings.prefix() + "-" + Document.Target.DEAD_LETTERS.label();
        MetricGroup metrics = context.metricGroup().addGroup("entrawatch");
        this.retried = metrics.counter("elasticsearch.retried", new ThreadSafeSimpleCounter());
        this.refused = metrics.counter("elasticsearch.refused", new ThreadSafeSimpleCounter());
        this.lost = metrics.counter("elasticsearch.lost", new ThreadSafeSimpleCounter());
    }

    static AsyncSinkWriterConfiguration configuration(ElasticsearchSink sink) {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(sink.batchSize())
                .setMaxBatchSizeInBytes(ElasticsearchSink.LARGEST_REQUEST)
                .setMaxInFlightRequests(sink.inFlight())
                .setMaxBufferedRequests(sink.buffered())
                .setMaxTimeInBufferMS(ElasticsearchSink.LONGEST_WAIT_MILLIS)
                .setMaxRecordSizeInBytes(ElasticsearchSink.LARGEST_REQUEST)
                .setRateLimitingStrategy(new FixedRate(sink.batchSize(), sink.inFlight()))
                .build();
    }

    @Override
    public void write(Document document, Context context) throws IOException, InterruptedException {
        int size = document.json().length;
        super.write(size > ElasticsearchSink.LARGEST_DOCUMENT ? tooLarge(document, size) : document, context);
    }

    private Document tooLarge(Document document, int size) {
        refused.inc();
        String detail = size + " bytes (expected: at most " + ElasticsearchSink.LARGEST_DOCUMENT + ")";
        String source = document.target().label();
        LOG.error("{} for {} is too large; it becomes a dead letter: {}", document.id(), source, detail);
        return Documents.of(new DeadLetter(
                "too-large",
                detail,
                source,
                document.id(),
                DeadLetter.beginningOf(document.json(), 0, size, LONGEST_REFUSED)));
    }

    @Override
    protected void submitRequestEntries(List<BulkEntry> entries, ResultHandler<BulkEntry> handler) {
        CompletableFuture<Void> unused = send(List.copyOf(entries))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        failed(failure, entries, handler);
                    } else {
                        settle(answer, handler);
                    }
                    return (Void) null;
                })
                // What goes wrong in here must not leave the request open for ever.
                .exceptionally(failure -> {
                    handler.completeExceptionally(new IllegalStateException("an answer could not be settled", failure));
                    return (Void) null;
                });
    }

    /** One request, or two halves of it where the server finds it too large. */
    private CompletableFuture<BulkAnswer> send(List<BulkEntry> entries) {
        return client.bulk(BulkRequest.body(entries, Instant.now())).thenCompose(response -> {
            if (response.statusCode() != 413) {
                return CompletableFuture.completedFuture(read(response, entries));
            }
            if (entries.size() == 1) {
                BulkAnswer.Rejected tooLarge = new BulkAnswer.Rejected(entries.get(0), "413 the document is too large");
                return CompletableFuture.completedFuture(BulkAnswer.rejected(tooLarge));
            }
            int half = entries.size() / 2;
            return send(entries.subList(0, half))
                    .thenCombine(send(entries.subList(half, entries.size())), ElasticsearchWriter::both);
        });
    }

    private BulkAnswer read(HttpResponse<String> response, List<BulkEntry> entries) {
        boolean known = worked || (response.statusCode() != 200 && client.isKnown());
        boolean mayPass = known && !client.hasRefusedFor(longestRefusal, response);
        BulkAnswer answer = BulkAnswer.read(response.statusCode(), response.body(), entries, mayPass);
        if (answer.fatal().isEmpty()) {
            worked |= response.statusCode() == 200;
            return answer;
        }
        return BulkAnswer.fatal(
                "Elasticsearch at " + ElasticsearchClient.hostOf(response) + " answers " + answer.fatal());
    }

    private void failed(Throwable failure, List<BulkEntry> entries, ResultHandler<BulkEntry> handler) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SinkSetupException toPutRight) {
            handler.completeExceptionally(toPutRight);
            return;
        }
        LOG.warn("Elasticsearch is not responding; retrying: {}", cause.getMessage());
        again(entries, handler);
    }

    private static BulkAnswer both(BulkAnswer one, BulkAnswer other) {
        List<BulkEntry> retry = new ArrayList<>(one.retry());
        retry.addAll(other.retry());
        List<BulkAnswer.Rejected> rejected = new ArrayList<>(one.rejected());
        rejected.addAll(other.rejected());
        return new BulkAnswer(
                retry,
                one.busy().isEmpty() ? other.busy() : one.busy(),
                rejected,
                one.fatal().isEmpty() ? other.fatal() : one.fatal());
    }

    private void settle(BulkAnswer answer, ResultHandler<BulkEntry> handler) {
        if (!answer.fatal().isEmpty()) {
            handler.completeExceptionally(new SinkSetupException(answer.fatal()));
            return;
        }
        List<BulkEntry> next = new ArrayList<>(answer.retry());
        for (BulkAnswer.Rejected rejected : answer.rejected()) {
            BulkEntry letter = deadLetter(rejected);
            if (letter != null) {
                next.add(letter);
            }
        }
        if (!answer.retry().isEmpty()) {
            LOG.warn(
                    "Elasticsearch cannot take {} documents now; retrying: {}",
                    answer.retry().size(),
                    answer.busy());
            again(next, handler);
            return;
        }
        failures.set(0);
        if (next.isEmpty()) {
            handler.complete();
        } else {
            handler.retryForEntries(next);
        }
    }

    private void again(List<BulkEntry> entries, ResultHandler<BulkEntry> handler) {
        retried.inc(entries.size());
        int doublings = Math.min(failures.getAndIncrement(), MOST_DOUBLINGS);
        long wait = Math.min(LONGEST_WAIT_MILLIS, SHORTEST_WAIT_MILLIS << doublings);
        Executor later = CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS);
        later.execute(() -> {
            try {
                handler.retryForEntries(List.copyOf(entries));
            } catch (RejectedExecutionException closed) {
                LOG.debug("The writer was closed meanwhile; what it had not written is in the last checkpoint");
            }
        });
    }

    /** The beginning of the refused document as text, which every mapping takes; null where that was refused as well. */
    private @Nullable BulkEntry deadLetter(BulkAnswer.Rejected rejected) {
        BulkEntry entry = rejected.entry();
        if (entry.rejected()) {
            lost.inc();
            LOG.error(
                    "Elasticsearch refuses the dead letter {} for index {} as well; it is lost: {}",
                    entry.id(),
                    entry.index(),
                    rejected.reason());
            return null;
        }
        refused.inc();
        LOG.error(
                "Elasticsearch refuses {} for index {}; it becomes a dead letter: {}",
                entry.id(),
                entry.index(),
                rejected.reason());
        DeadLetter letter = new DeadLetter(
                "refused-by-elasticsearch",
                rejected.reason(),
                entry.index(),
                entry.id(),
                DeadLetter.beginningOf(entry.json(), 0, entry.json().length, LONGEST_REFUSED));
        return new BulkEntry(deadLetters, entry.id(), Documents.json(letter), true);
    }

    @Override
    protected long getSizeInBytes(BulkEntry entry) {
        return entry.size();
    }
}
