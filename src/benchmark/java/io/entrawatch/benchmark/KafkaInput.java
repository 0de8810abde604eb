package io.entrawatch.benchmark;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.entrawatch.testkit.KafkaServer;

/** The records in a topic of a real broker, which is started and filled when they are first asked for. */
final class KafkaInput implements AutoCloseable {

    static final String TOPIC = "events";

    private final BenchmarkData data;
    private final Path home;
    private @Nullable KafkaServer server;

    KafkaInput(BenchmarkData data, Path home) {
        this.data = data;
        this.home = home;
    }

    String bootstrapServers() throws Exception {
        KafkaServer running = server;
        if (running == null) {
            // What a run that was broken off left.
            Rounds.deleteAll(home);
            running = KafkaServer.start(home);
            server = running;
            fill(running);
        }
        return running.bootstrapServers();
    }

    private void fill(KafkaServer running) throws Exception {
        running.createTopic(TOPIC, 1);
        try (BufferedReader lines = Files.newBufferedReader(data.one())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                running.send(TOPIC, 0, line);
            }
        }
        running.flush();
    }

    @Override
    public void close() throws Exception {
        if (server != null) {
            server.close();
            Rounds.deleteAll(home);
        }
    }
}
