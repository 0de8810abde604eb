package io.entrawatch.cli.live;

/** Text of a log as a terminal may have it. */
public final class TerminalText {

    private TerminalText() {}

    /** What a log says is shown, and never acts on the terminal. */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().map(c -> isHidden(c) ? '?' : c).forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
