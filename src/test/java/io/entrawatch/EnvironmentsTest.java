package io.entrawatch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void watermarksComeOftenUnlessTheSettingsSayOtherwise() {
        String interval = PipelineOptions.AUTO_WATERMARK_INTERVAL.key();
        assertThat(Environments.from(Map.of()).getConfig().getAutoWatermarkInterval())
                .isEqualTo(50);
        assertThat(Environments.from(Map.of(interval, "200 ms")).getConfig().getAutoWatermarkInterval())
                .isEqualTo(200);
    }

    @Test
    void nothingIsLeftToKryoWhateverTheSettingsSay() {
        assertThat(Environments.configuration(Map.of(PipelineOptions.GENERIC_TYPES.key(), "true"))
                        .get(PipelineOptions.GENERIC_TYPES))
                .isFalse();
    }

    @Test
    void whatGoesOnInMemoryStaysInOneChainWhateverTheSettingsSay() {
        assertThat(Environments.configuration(Map.of(PipelineOptions.OPERATOR_CHAINING.key(), "false"))
                        .get(PipelineOptions.OPERATOR_CHAINING))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 32kb, 64mb", "2, 8kb, 64mb", "4, 8kb, 72mb", "16, 8kb, 672mb"})
    void buffersAreLargeForOneSubtaskAndMoreForMany(String subtasks, String buffer, String memory) {
        var configuration = Environments.local(Map.of(CoreOptions.DEFAULT_PARALLELISM.key(), subtasks), false)
                .getConfiguration();
        assertThat(configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE)).isEqualTo(MemorySize.parse(buffer));
        assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MIN)).isEqualTo(MemorySize.parse(memory));
        assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MAX)).isEqualTo(MemorySize.parse(memory));
    }

    @Test
    void aProcessThatWasStoppedHasNotLostItselfUnlessTheSettingsSaySo() {
        var timeout = HeartbeatManagerOptions.HEARTBEAT_TIMEOUT;
        assertThat(Environments.local(Map.of(), false).getConfiguration().get(timeout))
                .isEqualTo(Duration.ofDays(7));
        assertThat(Environments.local(Map.of(timeout.key(), "60 s"), false)
                        .getConfiguration()
                        .get(timeout))
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void flinkOfThisProcessWorksInADirectoryThatGoesWithIt() {
        var directory = CoreOptions.TMP_DIRS;
        String own = Environments.local(Map.of(), false).getConfiguration().get(directory);
        assertThat(Path.of(own)).isDirectory().isNotEqualTo(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(Environments.local(Map.of(), true).getConfiguration().get(directory))
                .isEqualTo(own);
        assertThat(Environments.local(Map.of(directory.key(), "/elsewhere"), false)
                        .getConfiguration()
                        .get(directory))
                .isEqualTo("/elsewhere");
    }

    @Test
    void buffersAreAsTheSettingsSay() {
        var configuration = Environments.local(
                        Map.of(
                                CoreOptions.DEFAULT_PARALLELISM.key(),
                                "1",
                                TaskManagerOptions.MEMORY_SEGMENT_SIZE.key(),
                                "64kb",
                                TaskManagerOptions.NETWORK_MEMORY_MIN.key(),
                                "128mb"),
                        false)
                .getConfiguration();
        assertThat(configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE)).isEqualTo(MemorySize.parse("64kb"));
        assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MIN)).isEqualTo(MemorySize.parse("128mb"));
        assertThat(configuration.get(TaskManagerOptions.NETWORK_MEMORY_MAX)).isEqualTo(MemorySize.parse("128mb"));
    }
}
