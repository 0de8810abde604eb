package io.entrawatch.sink;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
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

    /** When it was, in nanoseconds of the JVM. */
    private volatile long lastTaken;

    /** Since when others answer in its place, by the same clock; null where it answers, or nobody does. */
    private volatile @Nullable Long foreignSince;

    /**
     * By id, documents that do not get through to an Elasticsearch that answers, and since when; a dead letter has the id of what
     * it is for. There are few, and not for long.
     */
    private final Map<String, Long> blockedSince = new ConcurrentHashMap<>();

    private final ElasticsearchClient client;
    private final String deadLetters;
    private final Duration longestBlock;
    private final Duration longestSearch;
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
        this.longestBlock = patience.atStart();
        this.longestRefusal = patience.afterwards();
        this.longestSearch = context.getRestoredCheckpointId().isPresent() ? patience.afterwards() : patience.atStart();
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

    /** One request, or two halves of it where it is too large, or something in it is not let through. */
    private CompletableFuture<BulkAnswer> send(List<BulkEntry> entries) {
        return client.bulk(BulkRequest.body(entries, Instant.now())).thenCompose(response -> {
            if (response.statusCode() == 413) {
                return entries.size() > 1
                        ? halves(entries)
                        : CompletableFuture.completedFuture(BulkAnswer.rejected(
                                new BulkAnswer.Rejected(entries.get(0), "413 the document is too large", false)));
            }
            BulkAnswer answer = read(response, entries);
            return answer.foreign()
                    ? client.answersBulk(response)
                            .thenCompose(there -> there
                                    ? blocked(entries)
                                    : CompletableFuture.completedFuture(away(response, answer, entries)))
                    : CompletableFuture.completedFuture(answer);
        });
    }

    /** One after the other, because only so many requests may be open. */
    private CompletableFuture<BulkAnswer> halves(List<BulkEntry> entries) {
        int half = entries.size() / 2;
        return send(entries.subList(0, half))
                .thenCompose(one -> send(entries.subList(half, entries.size())).thenApply(one::and));
    }

    /**
     * Elasticsearch is there, and something before it does not let a document through: the others are sent without it. Of one
     * that is alone a second try tells whether it is that one, because of several hosts behind a proxy a single one may be away.
     */
    private CompletableFuture<BulkAnswer> blocked(List<BulkEntry> entries) {
        client.becomesKnown();
        foreignSince = null;
        if (entries.size() > 1) {
            return halves(entries);
        }
        return client.bulk(BulkRequest.body(entries, Instant.now())).thenApply(response -> {
            BulkAnswer answer = read(response, entries);
            return answer.foreign() ? blockedAlone(entries.get(0), response, answer) : answer;
        });
    }

    /**
     * Waits for a while, because what blocks it may have been set up wrongly; then it must hold no other back. Where its dead
     * letter does not get through either, nor anything else, somebody has to put something right.
     */
    private BulkAnswer blockedAlone(BulkEntry entry, HttpResponse<String> response, BulkAnswer answer) {
        long now = System.nanoTime();
        long since = blockedSince.computeIfAbsent(entry.id(), id -> now);
        if (now - since < (entry.rejected() ? longestRefusal : longestBlock).toNanos()) {
            return answer;
        }
        if (entry.rejected()) {
            blockedSince.remove(entry.id());
            if (!worked || lastTaken - since < 0) {
                return wrongAddress(response);
            }
        }
        // Without what the answer says, which may repeat what is not let through.
        return BulkAnswer.rejected(
                new BulkAnswer.Rejected(entry, response.statusCode() + " in place of Elasticsearch", true));
    }

    /**
     * Elasticsearch is away, and all documents wait. A proxy says 404, or sends elsewhere, as long as it has lost it; what else it
     * says should not last, nor what an address says that was never known to be right.
     */
    private BulkAnswer away(HttpResponse<String> response, BulkAnswer answer, List<BulkEntry> entries) {
        entries.forEach(entry -> blockedSince.remove(entry.id()));
        int status = response.statusCode();
        boolean known = worked || client.isKnown();
        if (known && (status == 404 || status / 100 == 3)) {
            foreignSince = null;
            return answer;
        }
        long now = System.nanoTime();
        Long since = foreignSince;
        if (since == null) {
            since = now;
            foreignSince = since;
        }
        return now - since < (known ? longestRefusal : longestSearch).toNanos() ? answer : wrongAddress(response);
    }

    private static BulkAnswer wrongAddress(HttpResponse<String> response) {
        return fatal(response, BulkAnswer.wrongAddress(response.statusCode(), response.body()));
    }

    private static BulkAnswer fatal(HttpResponse<String> response, String why) {
        return BulkAnswer.fatal("Elasticsearch at " + ElasticsearchClient.hostOf(response) + " answers " + why);
    }

    private BulkAnswer read(HttpResponse<String> response, List<BulkEntry> entries) {
        int status = response.statusCode();
        boolean known = worked || client.isKnown();
        // One that could not be asked at the start may have to find its users first as well.
        boolean mayPass =
                status == 401 ? !client.hasRefusedFor(known ? longestRefusal : longestSearch, response) : known;
        BulkAnswer answer = BulkAnswer.read(status, response.body(), entries, mayPass, worked);
        if (!answer.fatal().isEmpty()) {
            return fatal(response, answer.fatal());
        }
        if (!answer.foreign()) {
            foreignSince = null;
        }
        if (status == 200 && !answer.foreign()) {
            lastTaken = System.nanoTime();
            worked = true;
            if (!blockedSince.isEmpty()) {
                entries.forEach(entry -> blockedSince.remove(entry.id()));
            }
        }
        return answer;
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
        String refuses = rejected.blocked() ? "What stands before Elasticsearch blocks" : "Elasticsearch refuses";
        if (entry.rejected()) {
            lost.inc();
            LOG.error(
                    "{} the dead letter {} for index {} as well; it is lost: {}",
                    refuses,
                    entry.id(),
                    entry.index(),
                    rejected.reason());
            return null;
        }
        refused.inc();
        LOG.error(
                "{} {} for index {}; it becomes a dead letter: {}",
                refuses,
                entry.id(),
                entry.index(),
                rejected.reason());
        return new BulkEntry(deadLetters, entry.id(), Documents.json(rejected.letter(LONGEST_REFUSED)), true);
    }

    @Override
    protected long getSizeInBytes(BulkEntry entry) {
        return entry.size();
    }
}
