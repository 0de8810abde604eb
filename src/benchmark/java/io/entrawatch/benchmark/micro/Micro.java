package io.entrawatch.benchmark.micro;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks of this package, each in a process of its own. */
public final class Micro {

    private static final int ITERATIONS = 5;

    private Micro() {}

    /**
     * Measures, and tells in Markdown.
     *
     * @param millis of each of five iterations to warm up, and of each of five that count
     */
    public static String run(long millis) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(Micro.class.getPackageName().replace(".", "\\.") + "\\..*")
                        .forks(1)
                        .warmupIterations(ITERATIONS)
                        .warmupTime(TimeValue.milliseconds(millis))
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TimeValue.milliseconds(millis))
                        .shouldFailOnError(true)
                        .build())
                .run();
        StringBuilder page = new StringBuilder("| one | with | time | ± (99.9 %) |\n|---|---|---|---|\n");
        results.forEach(result -> page.append(row(result.getParams(), result.getPrimaryResult())));
        return page.toString();
    }

    private static String row(BenchmarkParams params, Result<?> result) {
        String name = params.getBenchmark();
        String with = params.getParamsKeys().stream()
                .map(key -> key + " " + params.getParam(key))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f %s | %.2f |%n",
                name.substring(Micro.class.getPackageName().length() + 1),
                with,
                result.getScore(),
                result.getScoreUnit(),
                result.getScoreError());
    }
}
