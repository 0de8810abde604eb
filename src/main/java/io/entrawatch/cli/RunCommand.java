package io.entrawatch.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/** placeholder until the settings reader is written in the next step. */
@Command(name = "run")
final class RunCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UsageException("not yet");
    }
}
