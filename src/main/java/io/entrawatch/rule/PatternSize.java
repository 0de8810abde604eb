package io.entrawatch.rule;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts the steps of a regular expression after its counted repetitions are written out: the engine takes this many for
 * every character, so that repetitions of repetitions would make it slow.
 */
final class PatternSize {

    private static final long ENDLESS = Integer.MAX_VALUE;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long group;
    private long last;
    private int at;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /** About how many; never less than the engine's. */
    static long of(String pattern) {
        return new PatternSize(pattern).count();
    }

    private long count() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            switch (c) {
                case '(' -> {
                    outer.push(group);
                    group = 0;
                }
                case ')' -> {
                    long inner = group + 1;
                    group = outer.isEmpty() ? 0 : outer.pop();
                    add(inner);
                }
                case '{' -> repeat();
                case '[' -> {
                    skipClass();
                    add(1);
                }
                case '\\' -> {
                    skipEscape();
                    add(1);
                }
                default -> add(1);
            }
        }
        while (!outer.isEmpty()) {
            group = bounded(group + outer.pop());
        }
        return group;
    }

    private void add(long size) {
        last = size;
        group = bounded(group + size);
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else is a brace as it stands. */
    private void repeat() {
        int end = pattern.indexOf('}', at);
        String counts = end < 0 ? "" : pattern.substring(at, Math.min(end, at + 12));
        if (!counts.matches("\\d{1,5}(,\\d{0,5})?")) {
            add(1);
            return;
        }
        at = end + 1;
        long most = 1;
        for (String count : counts.split(",", -1)) {
            most = Math.max(most, count.isEmpty() ? 1 : Long.parseLong(count));
        }
        long more = last * (most - 1);
        group = bounded(group + more);
        last = bounded(last + more);
    }

    /** The braces of {@code \x{2013}} and {@code \p{Greek}} repeat nothing. */
    private void skipEscape() {
        boolean named = at < pattern.length() && "xpP".indexOf(pattern.charAt(at)) >= 0;
        at++;
        int end = named && pattern.startsWith("{", at) ? pattern.indexOf('}', at) : -1;
        at = end < 0 ? at : end + 1;
    }

    private void skipClass() {
        int first = at;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
            at += pattern.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private static long bounded(long size) {
        return Math.min(size, ENDLESS);
    }
}
