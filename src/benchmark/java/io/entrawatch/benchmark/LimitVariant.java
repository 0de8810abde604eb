package io.entrawatch.benchmark;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The three detections as a plain program for nothing else: no framework, no rules, no state that survives. One thread
 * reads one file.
 */
final class LimitVariant {

    private static final int BUFFER = 1 << 18;

    private LimitVariant() {}

    /** @param args where the alerts go, then the files, whose tenants are apart */
    public static void main(String[] args) throws Exception {
        List<FlatAlert> alerts = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(args.length - 1);
        Signals.ready();
        List<Future<List<FlatAlert>>> halves = new ArrayList<>();
        for (String file : Arrays.asList(args).subList(1, args.length)) {
            halves.add(threads.submit(() -> detect(Path.of(file))));
        }
        for (Future<List<FlatAlert>> half : halves) {
            alerts.addAll(half.get());
        }
        FlatAlert.write(alerts, Path.of(args[0]));
        Signals.done();
        threads.shutdown();
    }

    private static List<FlatAlert> detect(Path file) throws IOException {
        LimitDetections detections = new LimitDetections();
        LimitRecord record = new LimitRecord();
        try (InputStream in = new FileInputStream(file.toFile())) {
            byte[] buffer = new byte[BUFFER];
            int filled = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer, filled, buffer.length - filled)) {
                filled += read;
                int start = 0;
                int from = filled - read;
                for (int end = lineEnd(buffer, from, filled); end >= 0; end = lineEnd(buffer, start, filled)) {
                    record.read(buffer, start, end - start);
                    detections.see(record);
                    start = end + 1;
                }
                filled -= start;
                System.arraycopy(buffer, start, buffer, 0, filled);
            }
        }
        return detections.end();
    }

    /** A method of its own, because it is compiled well at once. */
    private static int lineEnd(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
