package io.entrawatch.rule;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.IpAddress;
import io.entrawatch.event.LogKind;

/**
 * Other names of values: rules that others share write some values as the portal shows them, or misspell them, and an address
 * may be written in many ways.
 */
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

    private static final Set<Field> ADDRESSES = EnumSet.of(Field.IP_ADDRESS, Field.ACTOR_IP);

    private ValueNames() {}

    /** Whether a field is of addresses, which records have in one way of writing, whatever their logs wrote. */
    static boolean isOfAddresses(Field field) {
        return field == Field.SOURCE_NETWORK || ADDRESSES.contains(field);
    }

    /** The value as records have it, where it is compared as a whole. */
    static String asRecorded(Field field, String value, Modifiers modifiers) {
        if (!isOfAddresses(field) || !modifiers.comparesWholeTexts()) {
            return value;
        }
        return field == Field.SOURCE_NETWORK ? network(value) : address(value);
    }

    private static String address(String value) {
        IpAddress address = IpAddress.parse(value);
        return address == null ? value : address.text();
    }

    /** Blocks of another length stay as they are: no record has them. */
    private static String network(String value) {
        int slash = value.indexOf('/');
        IpAddress address = slash < 0 ? null : IpAddress.parse(value.substring(0, slash));
        boolean known = address != null && address.network().endsWith(value.substring(slash));
        return address != null && known ? address.network() : value;
    }

    /** The value, and what else it is called where it is compared as a whole. */
    static List<String> of(Field field, String value, Modifiers modifiers) {
        List<String> names = new ArrayList<>(List.of(asRecorded(field, value, modifiers)));
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
