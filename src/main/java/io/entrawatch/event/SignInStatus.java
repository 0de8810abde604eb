package io.entrawatch.event;

import java.math.BigDecimal;
import java.util.Set;

/**
 * What the portal's Status column says of a sign-in. The logs hold only an error code: zero is a success, a code that
 * asks the user for one more step is an interruption, every other code a failure.
 */
public final class SignInStatus {

    public static final String SUCCESS = "Success";
    public static final String FAILURE = "Failure";
    public static final String INTERRUPTED = "Interrupted";

    /**
     * Codes that ask for a step and decide nothing: choose an account (16000), sign in at all (50058), enrol or give a second
     * factor (50072, 50074, 50076, 50079), show the device (50097), reset the password (50125, 50142), install the broker or
     * join the device (50127, 50129), stay signed in (50140), an outside challenge (50158), confirm (50199), register (50203),
     * go to a gateway (51005), consent (65001), enter a code elsewhere (70016), a session that has ended (70043, 70044).
     */
    private static final Set<String> STEPS = Set.of(
            "16000", "50058", "50072", "50074", "50076", "50079", "50097", "50125", "50127", "50129", "50140", "50142",
            "50158", "50199", "50203", "51005", "65001", "70016", "70043", "70044");

    /** No code is nearly as long, and no number of this length takes long to be read. */
    private static final int LONGEST_CODE = 32;

    private SignInStatus() {}

    /** A code as the log writes it: where its value is a whole number, that number, {@code "0"} for {@code "0.0"}. */
    public static String code(String written) {
        if (isUsual(written) || !isOfNumber(written)) {
            return written;
        }
        try {
            BigDecimal value = new BigDecimal(written.strip());
            if (value.signum() == 0) {
                return "0";
            }
            return Math.abs(value.scale()) > LONGEST_CODE
                    ? written
                    : value.toBigIntegerExact().toString();
        } catch (ArithmeticException | NumberFormatException e) {
            // A fraction, or no number.
            return written;
        }
    }

    private static boolean isUsual(String code) {
        for (int i = 0; i < code.length(); i++) {
            if (code.charAt(i) < '0' || code.charAt(i) > '9') {
                return false;
            }
        }
        return code.length() == 1 || (!code.isEmpty() && code.charAt(0) != '0');
    }

    /** Whether it may be a number: words are told at the first letter. */
    private static boolean isOfNumber(String code) {
        for (int i = 0; i < code.length(); i++) {
            if ("0123456789.-+eE ".indexOf(code.charAt(i)) < 0) {
                return false;
            }
        }
        return !code.isBlank() && code.length() <= LONGEST_CODE;
    }

    /** The status of an error code as the log writes it, {@code "50126"} for a wrong password. */
    public static String of(String errorCode) {
        if (errorCode.equals("0")) {
            return SUCCESS;
        }
        return STEPS.contains(errorCode) ? INTERRUPTED : FAILURE;
    }
}
