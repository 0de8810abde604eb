package io.entrawatch.cli;

import java.util.ArrayList;
import java.util.List;

/** Whether the numbers of a command are in their ranges; those that are not are told together. */
final class NumberRanges {

    private final List<String> wrong = new ArrayList<>();

    /** @return whether it is one of the numbers from the least to the most */
    boolean holds(String option, int number, int least, int most) {
        boolean holds = number >= least && number <= most;
        mustHold(holds, option + ": " + number + " (expected: " + least + " to " + most + ")");
        return holds;
    }

    void mustHold(boolean holds, String message) {
        if (!holds) {
            wrong.add(message);
        }
    }

    /** @throws UsageException if a number is out of its range */
    void refuseOthers() {
        if (!wrong.isEmpty()) {
            throw new UsageException(String.join(System.lineSeparator(), wrong));
        }
    }
}
