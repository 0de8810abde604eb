package io.entrawatch.ingest;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.SignInStatus;

/** Completes records of Azure's activity log, whose diagnostic form keeps nearly everything in the envelope. */
final class AzureActivity {

    private AzureActivity() {}

    /** Takes what the envelope, or a row, has beside the record's own fields. */
    static void inherit(FieldValues fields, FieldValues outer) {
        fields.set(Field.AZURE_RECORD_ID, first(fields, outer, Field.AZURE_RECORD_ID));
        fields.set(Field.AZURE_CATEGORY, first(outer, outer, Field.AZURE_CATEGORY, Field.AUDIT_CATEGORY));
        fields.set(Field.AZURE_RESOURCE, first(outer, fields, Field.AZURE_RESOURCE, Field.RESOURCE_ID));
        fields.set(Field.AZURE_ACTION, first(outer, fields, Field.AZURE_ACTION));
        fields.set(
                Field.AZURE_OPERATION,
                first(outer, fields, Field.AZURE_OPERATION, Field.OPERATION_NAME, Field.AZURE_ACTION));
        fields.set(Field.AZURE_CALLER, first(outer, fields, Field.AZURE_CALLER));
        fields.set(Field.AZURE_PROVIDER, first(outer, fields, Field.AZURE_PROVIDER));
        fields.set(Field.AZURE_STATUS, first(outer, fields, Field.AZURE_STATUS, Field.RESULT_TYPE, Field.STATUS));
    }

    static void complete(FieldValues fields) {
        if (fields.first(Field.ID) == null) {
            fields.set(Field.ID, fields.first(Field.AZURE_RECORD_ID));
        }
        String operation = fields.first(Field.AZURE_OPERATION);
        if (!fields.has(Field.AZURE_PROVIDER) && operation != null && operation.indexOf('/') > 0) {
            fields.set(Field.AZURE_PROVIDER, operation.substring(0, operation.indexOf('/')));
        }
        fields.set(Field.STATUS, outcome(fields.first(Field.AZURE_STATUS)));
    }

    /** Success and Failure are written in two ways; an operation that is under way has neither. */
    private static @Nullable String outcome(@Nullable String status) {
        if (status == null) {
            return null;
        }
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "success", "succeeded" -> SignInStatus.SUCCESS;
            case "failure", "failed" -> SignInStatus.FAILURE;
            default -> status;
        };
    }

    private static @Nullable String first(FieldValues one, FieldValues other, Field... candidates) {
        for (Field field : candidates) {
            for (FieldValues values : new FieldValues[] {one, other}) {
                String value = values.first(field);
                if (value != null && !value.isBlank()) {
                    return value;
                }
            }
        }
        return null;
    }
}
