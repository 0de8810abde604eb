package io.entrawatch.sink;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import io.entrawatch.settings.OutputSettings;

/**
 * Creates documents in Elasticsearch, each once: at least once by Flink, at most once because the id is the document's
 * own and a second {@code create} changes nothing.
 */
public final class ElasticsearchSink extends AsyncSinkBase<Document, BulkEntry> {

    private static final long serialVersionUID = 1L;

    private static final int BUFFERED_BATCHES = 10;
    static final long LARGEST_REQUEST = 5L * 1024 * 1024;

    /** With its index and id it is smaller than a request, which is as much as Flink takes without failing the job. */
    static final long LARGEST_DOCUMENT = 4L * 1024 * 1024;

    static final long LONGEST_WAIT_MILLIS = 200;

    private final OutputSettings.Elasticsearch settings;
    private final Patience patience;

    public ElasticsearchSink(OutputSettings.Elasticsearch settings) {
        this(settings, Patience.USUAL);
    }

    ElasticsearchSink(OutputSettings.Elasticsearch settings, Patience patience) {
        super(
                new ToBulkEntry(settings.prefix()),
                settings.batchSize(),
                settings.inFlight(),
                settings.batchSize() * BUFFERED_BATCHES,
                LARGEST_REQUEST,
                LONGEST_WAIT_MILLIS,
                LARGEST_REQUEST);
        this.settings = settings;
        this.patience = patience;
    }

    @Override
    public StatefulSinkWriter<Document, BufferedRequestState<BulkEntry>> createWriter(WriterInitContext context)
            throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<Document, BufferedRequestState<BulkEntry>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<BulkEntry>> states) throws IOException {
        ElasticsearchClient client = new ElasticsearchClient(settings);
        try {
            WritingRights.check(client, settings.prefix(), patience.atStart());
            if (settings.installTemplate()) {
                IndexTemplates.install(client, settings.prefix());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking Elasticsearch", e);
        }
        return new ElasticsearchWriter(
                getElementConverter(),
                context,
                ElasticsearchWriter.configuration(this),
                states,
                client,
                settings,
                patience);
    }

    int batchSize() {
        return getMaxBatchSize();
    }

    int inFlight() {
        return getMaxInFlightRequests();
    }

    int buffered() {
        return getMaxBufferedRequests();
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<BulkEntry>> getWriterStateSerializer() {
        return new StateSerializer();
    }

    private static final class StateSerializer extends AsyncSinkWriterStateSerializer<BulkEntry> {

        @Override
        protected void serializeRequestToStream(BulkEntry entry, DataOutputStream out) throws IOException {
            out.writeUTF(entry.index());
            out.writeUTF(entry.id());
            out.writeBoolean(entry.rejected());
            out.writeInt(entry.json().length);
            out.write(entry.json());
        }

        @Override
        protected BulkEntry deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
            String index = in.readUTF();
            String id = in.readUTF();
            boolean rejected = in.readBoolean();
            byte[] json = new byte[in.readInt()];
            in.readFully(json);
            return new BulkEntry(index, id, json, rejected);
        }

        @Override
        public int getVersion() {
            return 1;
        }
    }
}
