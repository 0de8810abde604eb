package io.entrawatch.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk that is full when the test wants it: a small one in memory, mounted into a directory, which takes root. */
final class SmallDisk implements AutoCloseable {

    private static final byte[] BLOCK = new byte[4096];

    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Whether this process may mount. */
    static boolean isPossible(Path directory) throws IOException, InterruptedException {
        return mount(directory) == 0 && run("umount", directory.toString()) == 0;
    }

    static SmallDisk at(Path directory) throws IOException, InterruptedException {
        if (mount(directory) != 0) {
            throw new IOException("nothing could be mounted at " + directory);
        }
        return new SmallDisk(directory);
    }

    private static int mount(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return run("mount", "-t", "tmpfs", "-o", "size=64m", "entrawatch-test", directory.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor();
    }

    /** Takes all the space that is left. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(directory.resolve("filler"))) {
            while (directory.toFile().getUsableSpace() > 0) {
                filler.write(BLOCK);
            }
        }
    }

    /** Gives back what was taken. */
    void free() throws IOException {
        Files.delete(directory.resolve("filler"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", directory.toString());
    }
}
