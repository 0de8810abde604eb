package io.entrawatch.kibana;

import java.util.LinkedHashMap;
import java.util.Map;

/** The detections in groups that a chart can show: each is in one group of its section, and in no other. */
final class Kinds {

    static final String ABOUT_ACCOUNTS = "rule.category:(accounts OR posture OR \"external-users\")";
    static final String ABOUT_SIGN_INS = "rule.category:(\"sign-ins\" OR baselines OR risk OR travel)";

    /** Queries by label. */
    static final Map<String, String> OF_ACCOUNTS = new LinkedHashMap<>();

    static final Map<String, String> OF_SIGN_INS = new LinkedHashMap<>();

    static {
        OF_ACCOUNTS.put(
                "Created",
                "rule.category:accounts AND rule.id:(account-created-* OR account-from-* OR *-misnamed"
                        + " OR account-missing-attributes OR cloud-only-account)");
        OF_ACCOUNTS.put("Deleted", "rule.id:(short-lived-account OR *-deleted* OR mass-account-deletion)");
        OF_ACCOUNTS.put(
                "Given privileges",
                "rule.category:accounts AND rule.id:(*-role-* OR privileged-group-* OR new-account-made-privileged)");
        OF_ACCOUNTS.put("Changed", "rule.id:(*-changed OR account-changed-* OR account-modified-*)");
        OF_ACCOUNTS.put("Guests", "rule.category:\"external-users\"");
        OF_ACCOUNTS.put("How accounts stand", "rule.category:posture");

        OF_SIGN_INS.put(
                "Guessing and lock-outs",
                "rule.id:(brute-force* OR low-and-slow-guessing OR many-tries-* OR failures-from-*"
                        + " OR account-locked OR many-accounts-locked* OR lock-out-*)");
        OF_SIGN_INS.put("Sprays", "rule.category:\"sign-ins\" AND rule.id:*password-spray*");
        OF_SIGN_INS.put("Disabled accounts", "rule.id:disabled-account*");
        OF_SIGN_INS.put("Second factors", "rule.id:(mfa-* OR password-known-*)");
        OF_SIGN_INS.put("Legacy or single factor", "rule.id:(*legacy-* OR single-factor-*)");
        OF_SIGN_INS.put(
                "Travel, places and hours",
                "rule.category:travel OR rule.id:(sign-in-from-* OR failed-sign-in-from-* OR session-on-*"
                        + " OR stationary-* OR new-country-for-organization OR off-hours-*)");
        OF_SIGN_INS.put(
                "Stopped by Conditional Access",
                "rule.category:\"sign-ins\" AND rule.id:(interrupt* OR *blocked* OR privileged-sign-in-*)");
        OF_SIGN_INS.put("Risks that Microsoft found", "rule.category:risk");
        OF_SIGN_INS.put("More than usual", "rule.category:baselines");
    }

    private Kinds() {}
}
