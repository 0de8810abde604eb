package io.entrawatch.settings;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/** A password or key. Prints as stars, so that it reaches no log and no page by mistake. */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final Pattern NAMES =
            Pattern.compile("password|passphrase|jaas|secret|credentials|(keystore|private|account)[.-]key"
                    + "|api-?key|service-key|basic-auth|auth-params|http-headers|token$|(^|\\.)sas\\.");

    /** These name classes that look for secrets. */
    private static final Pattern PROVIDERS = Pattern.compile("provider");

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself, for the one who has to send it. */
    public String reveal() {
        return value;
    }

    /** True where a property of Kafka's client or an option of Flink holds a secret, by its name. */
    public static boolean isHeldBy(String property) {
        String name = property.toLowerCase(Locale.ROOT);
        return NAMES.matcher(name).find() && !PROVIDERS.matcher(name).find();
    }

    @Override
    public String toString() {
        return "***";
    }
}
