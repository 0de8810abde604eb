package io.entrawatch.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.entrawatch.event.LongText;
import io.entrawatch.event.TenantId;
import io.entrawatch.ingest.EntraLogs;

/** The options that say what records leave open. */
final class RecordOptions {

    @Option(
            names = "--geoip",
            paramLabel = "FILE",
            description = "Database in MaxMind's format, for records without coordinates.")
    private @Nullable Path geoip;

    @Option(names = "--tenant", paramLabel = "ID", description = "The tenant of records that name none.")
    private @Nullable String tenant;

    /** A file that is such a database; null for none. */
    @Nullable
    Path geoip() {
        Path database = geoip;
        if (database != null) {
            if (!Files.isRegularFile(database)) {
                throw new UsageException("--geoip: " + database + " (expected: a file)");
            }
            EntraLogs.mustBeDatabase(database);
        }
        return database;
    }

    /** One that can be of records; null for none. */
    @Nullable
    String tenant() {
        String id = tenant;
        if (id != null && !TenantId.isOne(id)) {
            throw new UsageException("--tenant: '" + LongText.cutValue(id) + "' (expected: " + TenantId.EXPECTED + ")");
        }
        return id;
    }
}
