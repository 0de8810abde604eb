package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.LogKind;

/** Other names of values: rules that others share write some values as the portal shows them, or misspell them. */
final class ValueNames {

    private static final Map<Field, Map<String, String>> NAMES = Map.of(
            Field.STATUS, Map.of("sucess", "Success", "succeeded", "Success", "failed", "Failure"),
            Field.AUTHENTICATION_PROTOCOL, Map.of("device code", "deviceCode"),
            Field.RISK_EVENT_TYPE,
                    Map.of("impossibletravel", "mcasImpossibleTravel", "mcasimpossibletravel", "impossibleTravel"),
            Field.TARGET_TYPE, Map.of("service principal", "ServicePrincipal"),
            Field.TARGETS_TYPE, Map.of("service principal", "ServicePrincipal"),
            Field.OPERATION_NAME, Map.of("sign-ins", "Sign-in activity"),
            Field.CLIENT_APP,
                    Map.of(
                            "other client", "Other clients",
                            "imap", "IMAP4",
                            "pop", "POP3",
                            "mapi", "MAPI Over HTTP",
                            "smtp", "Authenticated SMTP"));

    private ValueNames() {}

    /** The value, and what else it is called where it is compared as a whole. */
    static List<String> of(Field field, String value, Modifiers modifiers) {
        List<String> names = new ArrayList<>(List.of(value));
        String other = other(field, value);
        if (other != null && modifiers.comparesWholeTexts()) {
            names.add(other);
        }
        return names;
    }

    private static @Nullable String other(Field field, String value) {
        if (field == Field.LOG_CATEGORY) {
            // Log Analytics has names of its own for the tables of its rows.
            LogKind kind = LogKind.ofTable(value);
            return kind == null ? null : kind.category();
        }
        return NAMES.getOrDefault(field, Map.of()).get(value.toLowerCase(Locale.ROOT));
    }
}
