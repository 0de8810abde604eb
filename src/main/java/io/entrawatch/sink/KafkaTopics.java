package io.entrawatch.sink;

import java.nio.charset.StandardCharsets;
import java.util.Properties;

import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import io.entrawatch.settings.OutputSettings;

/** Writes documents to topics of Kafka, keyed by their ids, so that copies can be told and compacted away. */
final class KafkaTopics implements Writers.Writer {

    private final OutputSettings.Kafka settings;

    KafkaTopics(OutputSettings.Kafka settings) {
        this.settings = settings;
    }

    @Override
    public void write(DataStream<Document> documents, Document.Target target) {
        String topic = topicOf(target);
        if (topic == null) {
            return;
        }
        documents
                .sinkTo(sink(topic, target))
                .name("Write " + target.label() + " to Kafka")
                .uid("kafka-" + target.label());
    }

    private @Nullable String topicOf(Document.Target target) {
        return switch (target) {
            case ALERTS -> settings.alerts();
            case DEAD_LETTERS -> settings.deadLetters();
            case LATE -> settings.late();
            case HEALTH -> settings.health();
        };
    }

    private KafkaSink<Document> sink(String topic, Document.Target target) {
        Properties properties = new Properties();
        settings.properties().forEach((name, value) -> properties.setProperty(name, value.reveal()));
        boolean exactlyOnce = settings.exactlyOnce() && target == Document.Target.ALERTS;
        if (exactlyOnce) {
            properties.setProperty(OutputSettings.Kafka.TRANSACTION_TIMEOUT, settings.transactionTimeout());
        }
        KafkaSinkBuilder<Document> builder = KafkaSink.<Document>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaProducerConfig(properties)
                .setRecordSerializer(new KeyedById(topic))
                .setDeliveryGuarantee(exactlyOnce ? DeliveryGuarantee.EXACTLY_ONCE : DeliveryGuarantee.AT_LEAST_ONCE);
        if (exactlyOnce) {
            builder.setTransactionalIdPrefix(settings.transactionalIdPrefix());
        }
        return builder.build();
    }

    private static final class KeyedById implements KafkaRecordSerializationSchema<Document> {
        private static final long serialVersionUID = 1L;
        private final String topic;

        KeyedById(String topic) {
            this.topic = topic;
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Document document, KafkaSinkContext context, @Nullable Long timestamp) {
            byte[] key = document.id().getBytes(StandardCharsets.UTF_8);
            return new ProducerRecord<>(topic, key, document.json());
        }
    }
}
