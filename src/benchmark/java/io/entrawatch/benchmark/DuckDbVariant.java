package io.entrawatch.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The three detections as batch SQL: what is wanted of the files goes into a table, and three queries ask it. */
final class DuckDbVariant {

    /** Only what is named here is read; everything else in a record is skipped. */
    private static final String EVENTS =
            """
            CREATE TEMP TABLE events AS
            SELECT
                category = 'AuditLogs' AS audit,
                operationName AS operation,
                tenantId AS tenant,
                properties.id AS id,
                COALESCE(properties.createdDateTime, properties.activityDateTime) AS happened,
                properties.userId AS user_id,
                properties.ipAddress AS address,
                properties.status.errorCode AS code,
                properties.isInteractive AS interactive,
                properties.location.geoCoordinates.latitude AS latitude,
                properties.location.geoCoordinates.longitude AS longitude,
                properties.networkLocationDetails[1].networkType AS network,
                properties.result AS result,
                properties.targetResources[1].id AS target
            FROM read_json(
                [%s],
                format = 'newline_delimited',
                columns = {
                    category: 'VARCHAR',
                    operationName: 'VARCHAR',
                    tenantId: 'VARCHAR',
                    properties: 'STRUCT(
                        id VARCHAR,
                        createdDateTime TIMESTAMP,
                        activityDateTime TIMESTAMP,
                        userId VARCHAR,
                        ipAddress VARCHAR,
                        status STRUCT(errorCode INTEGER),
                        isInteractive BOOLEAN,
                        location STRUCT(geoCoordinates STRUCT(latitude DOUBLE, longitude DOUBLE)),
                        networkLocationDetails STRUCT(networkType VARCHAR)[],
                        result VARCHAR,
                        targetResources STRUCT(id VARCHAR)[])'
                })
            """;

    private static final String ALERTS =
            """
            COPY (
                SELECT DISTINCT
                    'account-created-and-deleted' AS detection, d.tenant, d.target AS subject,
                    strftime(d.happened, '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ') AS at
                FROM events c
                JOIN events d ON c.tenant = d.tenant AND c.target = d.target
                WHERE c.audit AND c.operation = 'Add user' AND c.result = 'success'
                    AND d.audit AND d.operation = 'Delete user' AND d.result = 'success'
                    AND d.happened > c.happened AND d.happened < c.happened + INTERVAL 24 HOUR
                UNION ALL
                SELECT 'more-failures-than-last-week', today.tenant, '', strftime(today.day, '%%Y-%%m-%%dT00:00:00Z')
                FROM failures today
                JOIN failures before ON before.tenant = today.tenant AND before.day = today.day - INTERVAL 7 DAY
                WHERE today.number * 10 > before.number * 11
                UNION ALL
                SELECT 'faster-than-900-kmh', tenant, user_id, strftime(happened, '%%Y-%%m-%%dT%%H:%%M:%%S.%%gZ')
                FROM journeys
                WHERE address <> address_before
                    AND (latitude <> latitude_before OR longitude <> longitude_before)
                    AND (2 * 6371.0088 * asin(sqrt(
                            pow(sin(radians(latitude - latitude_before) / 2), 2)
                            + cos(radians(latitude)) * cos(radians(latitude_before))
                            * pow(sin(radians(longitude - longitude_before) / 2), 2))) - 100)
                        / (greatest(1000, epoch_ms(happened) - epoch_ms(at_before)) / 3600000.0) > 900
            ) TO '%s' (FORMAT json)
            """;

    private static final String FAILURES =
            """
            CREATE TEMP VIEW failures AS
            SELECT tenant, date_trunc('day', happened) AS day, count(DISTINCT id) AS number
            FROM events
            WHERE NOT audit AND code <> 0
            GROUP BY ALL
            """;

    private static final String JOURNEYS =
            """
            CREATE TEMP VIEW journeys AS
            SELECT
                tenant, user_id, happened, address, latitude, longitude,
                lag(happened) OVER visits AS at_before,
                lag(address) OVER visits AS address_before,
                lag(latitude) OVER visits AS latitude_before,
                lag(longitude) OVER visits AS longitude_before
            FROM events
            WHERE NOT audit AND code = 0 AND interactive AND (latitude <> 0 OR longitude <> 0)
                AND network IS DISTINCT FROM 'trustedNamedLocation'
            WINDOW visits AS (PARTITION BY tenant, user_id ORDER BY happened)
            """;

    private DuckDbVariant() {}

    /** @param args where the alerts go, the number of threads, then the files */
    public static void main(String[] args) throws Exception {
        Path alerts = Files.createDirectories(Path.of(args[0])).resolve("alerts.ndjson");
        String files = Arrays.stream(args).skip(2).map(file -> "'" + file + "'").collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + Integer.parseInt(args[1]));
            statement.execute("SET preserve_insertion_order = false");
            Signals.ready();
            statement.execute(EVENTS.formatted(files));
            statement.execute(FAILURES);
            statement.execute(JOURNEYS);
            statement.execute(ALERTS.formatted(alerts));
            Signals.done();
        }
    }
}
