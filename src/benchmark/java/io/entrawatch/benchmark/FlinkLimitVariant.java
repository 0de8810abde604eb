package io.entrawatch.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple8;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * The plain program in Flink, and nothing else: its reading in the source, its detections behind a key. What it takes more
 * than the plain program is Flink's. It has no state that survives, and does without watermarks and timers.
 */
final class FlinkLimitVariant {

    private FlinkLimitVariant() {}

    /** @param args where the alerts go, and a file */
    public static void main(String[] args) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(configuration);
        FileSource<Slim> source = FileSource.forRecordStreamFormat(
                        new Lines(),
                        new org.apache.flink.core.fs.Path(Path.of(args[1]).toUri()))
                .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "read")
                .keyBy(slim -> slim.f1)
                .process(new Detect(args[0]))
                .sinkTo(new DiscardingSink<>());
        Signals.ready();
        env.execute("limit");
        Signals.done();
    }

    /** Kind, tenant, id, subject, address, time, latitude, longitude. */
    public static final class Slim extends Tuple8<Integer, String, String, String, String, Long, Double, Double> {
        private static final long serialVersionUID = 1L;

        public Slim() {}

        Slim(LimitRecord record) {
            super(
                    record.kind.ordinal(),
                    record.tenant,
                    record.id,
                    record.subject,
                    record.address,
                    record.atMillis,
                    record.latitude,
                    record.longitude);
        }
    }

    private static final class Lines extends SimpleStreamFormat<Slim> {
        private static final long serialVersionUID = 1L;

        @Override
        public StreamFormat.Reader<Slim> createReader(Configuration config, FSDataInputStream stream) {
            return new LineReader(stream);
        }

        @Override
        public TypeInformation<Slim> getProducedType() {
            return TypeInformation.of(new TypeHint<>() {});
        }
    }

    /** Gives what is something to the detections. */
    private static final class LineReader implements StreamFormat.Reader<Slim> {

        private static final int BUFFER = 1 << 18;

        private final InputStream in;
        private final LimitRecord record = new LimitRecord();
        private final byte[] buffer = new byte[BUFFER];
        private int start;
        private int filled;

        LineReader(InputStream in) {
            this.in = in;
        }

        @Override
        public @Nullable Slim read() throws IOException {
            while (true) {
                int end = lineEnd(buffer, start, filled);
                if (end >= 0) {
                    record.read(buffer, start, end - start);
                    start = end + 1;
                    if (record.kind != LimitRecord.Kind.NOTHING) {
                        return new Slim(record);
                    }
                } else if (!fill()) {
                    return null;
                }
            }
        }

        private boolean fill() throws IOException {
            filled -= start;
            System.arraycopy(buffer, start, buffer, 0, filled);
            start = 0;
            int read = in.read(buffer, filled, buffer.length - filled);
            filled += Math.max(read, 0);
            return read >= 0;
        }

        private static int lineEnd(byte[] buffer, int from, int to) {
            for (int i = from; i < to; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @SuppressWarnings("NullAway.Init")
    private static final class Detect extends KeyedProcessFunction<String, Slim, String> {
        private static final long serialVersionUID = 1L;

        private final String results;
        private transient LimitDetections detections;
        private transient LimitRecord record;

        Detect(String results) {
            this.results = results;
        }

        @Override
        public void open(OpenContext context) {
            detections = new LimitDetections();
            record = new LimitRecord();
        }

        @Override
        public void processElement(Slim slim, Context context, Collector<String> nothing) {
            record.kind = LimitRecord.Kind.values()[slim.f0];
            record.tenant = slim.f1;
            record.id = slim.f2;
            record.subject = slim.f3;
            record.address = slim.f4;
            record.atMillis = slim.f5;
            record.latitude = slim.f6;
            record.longitude = slim.f7;
            detections.see(record);
        }

        @Override
        public void close() throws IOException {
            FlatAlert.write(detections.end(), Path.of(results));
        }
    }
}
