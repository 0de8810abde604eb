package io.entrawatch;

import java.util.Map;

import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentsTest {

    private static final String COMPRESSION = "execution.checkpointing.snapshot-compression";

    @Test
    void snapshotsAreCompressedUnlessTheSettingsSayNo() {
        assertThat(Environments.from(Map.of()).getConfig().isUseSnapshotCompression())
                .isTrue();
        assertThat(Environments.from(Map.of(COMPRESSION, "false")).getConfig().isUseSnapshotCompression())
                .isFalse();
        assertThat(ExecutionOptions.SNAPSHOT_COMPRESSION.key()).isEqualTo(COMPRESSION);
    }

    @Test
    void nothingIsLeftToKryoWhateverTheSettingsSay() {
        assertThat(Environments.configuration(Map.of(PipelineOptions.GENERIC_TYPES.key(), "true"))
                        .get(PipelineOptions.GENERIC_TYPES))
                .isFalse();
    }
}
