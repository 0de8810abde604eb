package io.entrawatch.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a program of this machine said and how it ended; 127 where there is no such program. */
record Program(int exit, String output) {

    private static final int MISSING = 127;

    boolean isMissing() {
        return exit == MISSING;
    }

    static Program run(Path directory, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toAbsolutePath().toFile())
                .redirectErrorStream(true);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Program(process.waitFor(), output);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such file")) {
                return new Program(MISSING, command[0] + ": not found");
            }
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
