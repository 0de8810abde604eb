package io.entrawatch.event;

/** What a tenant may be called. It stands before the group in each key, and a group must not pass for a part of it. */
public final class TenantId {

    /** It is kept with each group, and cannot be cut: others would pass for the same. */
    private static final int LONGEST = 1_000;

    /** For messages. */
    public static final String EXPECTED =
            "the id of a tenant, of at most " + LONGEST + " characters that can be printed";

    private TenantId() {}

    public static boolean isOne(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }
}
