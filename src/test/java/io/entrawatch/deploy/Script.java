package io.entrawatch.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A script of {@code deploy}, run as somebody at a terminal would run it. */
final class Script {

    private final List<String> command;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** @param directory for what the script says and for the arguments that it gives to curl */
    Script(Path directory, String... command) {
        this.directory = directory;
        this.command = Stream.concat(Stream.of("bash"), Arrays.stream(command)).toList();
    }

    /** What came of it. */
    record Result(int exit, String said, String complained, String argumentsOfCurl) {}

    Script with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run() throws Exception {
        Path said = directory.resolve("said");
        Path complained = directory.resolve("complained");
        Path arguments = Files.writeString(directory.resolve("arguments"), "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(said.toFile()).redirectError(complained.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PATH", curlThatWritesDown(arguments) + ":" + System.getenv("PATH"));
        int exit = builder.start().waitFor();
        return new Result(exit, text(said), text(complained), text(arguments));
    }

    /** A directory with a curl that is the real one and writes its arguments into a file first. */
    private Path curlThatWritesDown(Path arguments) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        String real = Stream.of(System.getenv("PATH").split(":"))
                .map(path -> path + "/curl")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IOException("curl is missing"));
        Path curl = Files.writeString(
                bin.resolve("curl"),
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >>'" + arguments + "'\nexec '" + real + "' \"$@\"\n");
        curl.toFile().setExecutable(true);
        return bin;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
