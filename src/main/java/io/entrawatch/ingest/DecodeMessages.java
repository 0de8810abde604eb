package io.entrawatch.ingest;

import java.io.IOException;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.entrawatch.event.Decoded;

import static io.entrawatch.ingest.DeadLetters.dead;

/** Decodes Kafka messages where they are read, so that each partition has its own event time. */
@SuppressWarnings("NullAway.Init")
final class DecodeMessages implements KafkaRecordDeserializationSchema<Decoded> {

    private static final long serialVersionUID = 1L;

    private final Decoding decoding;
    private transient LogReader reader;

    DecodeMessages(Decoding decoding) {
        this.decoding = decoding;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        reader = new LogReader(decoding);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Decoded> out) throws IOException {
        String position = "partition " + message.partition() + " offset " + message.offset();
        byte[] value = message.value();
        if (value == null) {
            out.collect(dead("empty", "a message without a value", message.topic(), position, new byte[0], 0, 0));
            return;
        }
        reader.read(message.topic(), position, value, 0, value.length, out::collect);
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return TypeInformation.of(Decoded.class);
    }
}
