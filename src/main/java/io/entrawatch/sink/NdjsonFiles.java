package io.entrawatch.sink;

import java.io.IOException;
import java.io.OutputStream;

import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Writes documents as lines of NDJSON files. A file gets its final name with the checkpoint that completes it, so that
 * no file with such a name ends in half a line.
 */
final class NdjsonFiles {

    private NdjsonFiles() {}

    static Sink<Document> in(java.nio.file.Path directory, Document.Target target) {
        Path path = new Path(directory.resolve(target.label()).toUri());
        return FileSink.forRowFormat(path, new LineEncoder())
                .withBucketAssigner(new BasePathBucketAssigner<>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .withOutputFileConfig(OutputFileConfig.builder()
                        .withPartPrefix(target.label())
                        .withPartSuffix(".ndjson")
                        .build())
                .build();
    }

    private static final class LineEncoder implements Encoder<Document> {
        private static final long serialVersionUID = 1L;

        @Override
        public void encode(Document document, OutputStream out) throws IOException {
            out.write(document.json());
            out.write('\n');
        }
    }
}
