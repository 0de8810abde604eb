package io.entrawatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.flink.util.FileUtils;

/** Directories for what nobody needs when this process has ended. */
public final class TemporaryDirectory {

    private TemporaryDirectory() {}

    /** A new one, which goes with the process, also when that is stopped with Ctrl-C. */
    public static Path untilTheEnd(String prefix) throws IOException {
        Path directory = Files.createTempDirectory(prefix);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> FileUtils.deleteDirectoryQuietly(directory.toFile()), "clean-up"));
        return directory;
    }
}
