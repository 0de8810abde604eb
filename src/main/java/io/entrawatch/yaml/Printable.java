package io.entrawatch.yaml;

/** Texts of files and logs as a terminal or a log file may have them: shown, and never acted on. */
public final class Printable {

    private Printable() {}

    /** The text with a question mark for whatever controls or formats. */
    public static String of(String text) {
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
