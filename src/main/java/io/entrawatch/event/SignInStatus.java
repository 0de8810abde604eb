package io.entrawatch.event;

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

    private SignInStatus() {}

    /** The status of an error code as the log writes it, {@code "50126"} for a wrong password. */
    public static String of(String errorCode) {
        if (errorCode.equals("0")) {
            return SUCCESS;
        }
        return STEPS.contains(errorCode) ? INTERRUPTED : FAILURE;
    }
}
