package io.entrawatch.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.Field;
import io.entrawatch.event.Wanted;

import static org.assertj.core.api.Assertions.assertThat;

class DecodeMessagesTest {

    @Test
    void aMessagesRecordsAreReadWithItsPlaceInTheTopic() throws IOException {
        String message = "[" + RawRecord.signIn().id("a").json() + ",7]";
        assertThat(Reading.outcomes(decode(message.getBytes(StandardCharsets.UTF_8))))
                .containsExactly("a", "not-an-object at partition 3 offset 42 record 2");
    }

    @Test
    void aMessageWithoutAValueIsADeadLetter() throws IOException {
        List<Decoded> read = decode(null);

        assertThat(Reading.outcomes(read)).containsExactly("empty at partition 3 offset 42");
        assertThat(read.get(0).deadLetter().source()).isEqualTo("entra-logs");
    }

    private static List<Decoded> decode(byte[] value) throws IOException {
        DecodeMessages decode = new DecodeMessages(
                new Decoding(Wanted.of(EnumSet.noneOf(Field.class)), "tenant", null, Reading.LARGEST_RECORD));
        List<Decoded> out = new ArrayList<>();
        decode.open(null);
        decode.deserialize(new ConsumerRecord<>("entra-logs", 3, 42, null, value), new ListCollector<>(out));
        return out;
    }
}
