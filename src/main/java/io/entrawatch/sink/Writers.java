package io.entrawatch.sink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.flink.streaming.api.datastream.DataStream;

import io.entrawatch.settings.OutputSettings;

/** The writers that the settings ask for. */
public final class Writers {

    /** Writes the documents of one target. */
    public interface Writer {
        void write(DataStream<Document> documents, Document.Target target);
    }

    private Writers() {}

    public static List<Writer> of(OutputSettings settings) {
        List<Writer> writers = new ArrayList<>();
        OutputSettings.Elasticsearch elasticsearch = settings.elasticsearch();
        if (elasticsearch != null) {
            writers.add(elasticsearch(elasticsearch));
        }
        OutputSettings.Kafka kafka = settings.kafka();
        if (kafka != null) {
            writers.add(new KafkaTopics(kafka));
        }
        OutputSettings.Files files = settings.files();
        if (files != null) {
            writers.add(files(Path.of(files.directory())));
        }
        return writers;
    }

    /** NDJSON files in directories named after the targets. */
    public static Writer files(Path directory) {
        return (documents, target) -> documents
                .sinkTo(NdjsonFiles.in(directory, target))
                .name("Write " + target.label() + " to files")
                .uid("files-" + target.label());
    }

    /** Indices of Elasticsearch. */
    private static Writer elasticsearch(OutputSettings.Elasticsearch settings) {
        return (documents, target) -> documents
                .sinkTo(new ElasticsearchSink(settings))
                .name("Write " + target.label() + " to Elasticsearch")
                .uid("elasticsearch-" + target.label());
    }
}
