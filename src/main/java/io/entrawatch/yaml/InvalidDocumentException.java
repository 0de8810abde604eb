package io.entrawatch.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Refuses a start: a rule, an organization or a settings file is wrong. The message lists every problem. */
public final class InvalidDocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidDocumentException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
