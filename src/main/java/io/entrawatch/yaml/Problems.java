package io.entrawatch.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Collects everything that is wrong, so that one start reports all of it. */
public final class Problems {

    private static final int TYPING_SLIPS = 3;

    /** A message may repeat a value from the file, which may be of any length. */
    private static final int LONGEST_MESSAGE = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<Problem> notes = new LinkedHashSet<>();

    public void add(Position at, String message) {
        found.add(new Problem(at, abbreviate(message)));
    }

    /** Keeps what is wrong and does no harm: a check tells it, and nothing is refused for it. */
    public void note(Position at, String message) {
        notes.add(new Problem(at, abbreviate(message)));
    }

    public List<Problem> notes() {
        return List.copyOf(notes);
    }

    private static String abbreviate(String message) {
        int kept = LONGEST_MESSAGE / 2;
        return message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, kept) + "…" + message.substring(message.length() - kept);
    }

    public boolean any() {
        return !found.isEmpty();
    }

    public int count() {
        return found.size();
    }

    /** All problems, by file and line. */
    public List<Problem> all() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing((Problem problem) -> problem.at().file())
                .thenComparing(problem -> problem.at().line())
                .thenComparing(problem -> problem.at().column()));
        return sorted;
    }

    /**
     * Ends a reading that cannot go on.
     *
     * @throws InvalidDocumentException if any problem was added
     */
    public void throwIfAny() {
        if (any()) {
            throw new InvalidDocumentException(all());
        }
    }

    /** The known name that a misspelled one most likely means, or a longer one that ends with it behind a dot. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int slips = Math.min(TYPING_SLIPS, Math.max(1, name.length() / 3));
        return known.stream()
                .filter(candidate -> slips < name.length()
                        && Math.abs(candidate.length() - name.length()) <= slips
                        && distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= slips)
                .min(Comparator.comparingInt((String candidate) -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .or(() -> endingWith("." + wanted, known));
    }

    private static Optional<String> endingWith(String ending, Collection<String> known) {
        return known.stream()
                .filter(candidate -> candidate.toLowerCase(Locale.ROOT).endsWith(ending))
                .min(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " (did you mean 'x'?)"}, or nothing where no known name is near. */
    public static String suggestion(String name, Collection<String> known) {
        return nearest(name, known)
                .map(candidate -> " (did you mean '" + candidate + "'?)")
                .orElse("");
    }

    /** How many letters were added, left out, changed, or exchanged with the next one. */
    private static int distance(String left, String right) {
        int[] beforePrevious = new int[0];
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
                if (i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            beforePrevious = previous;
            previous = current;
        }
        return previous[right.length()];
    }
}
