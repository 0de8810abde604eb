package io.entrawatch.benchmark;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** The three detections as one streaming job of Flink SQL, as a user of Flink would write them instead. */
final class SqlVariant {

    private static final String EVENTS =
            """
            CREATE TABLE events (
                category STRING,
                operationName STRING,
                tenantId STRING,
                properties ROW<
                    id STRING,
                    createdDateTime TIMESTAMP_LTZ(3),
                    activityDateTime TIMESTAMP_LTZ(3),
                    userId STRING,
                    ipAddress STRING,
                    status ROW<errorCode INT>,
                    isInteractive BOOLEAN,
                    location ROW<geoCoordinates ROW<latitude DOUBLE, longitude DOUBLE>>,
                    networkLocationDetails ARRAY<ROW<networkType STRING>>,
                    `result` STRING,
                    targetResources ARRAY<ROW<id STRING>>>,
                `at` AS COALESCE(properties.createdDateTime, properties.activityDateTime),
                WATERMARK FOR `at` AS `at` - INTERVAL '5' MINUTE
            ) WITH (
                'connector' = 'filesystem',
                'path' = '%s',
                'format' = 'json',
                'json.timestamp-format.standard' = 'ISO-8601'
            )
            """;

    private static final String ALERTS =
            """
            CREATE TABLE alerts (detection STRING, tenant STRING, subject STRING, `at` STRING)
            WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json')
            """;

    private static final String CHANGES =
            """
            CREATE TEMPORARY VIEW changes AS
            SELECT tenantId AS tenant, properties.targetResources[1].id AS target, operationName AS operation, `at`
            FROM events
            WHERE category = 'AuditLogs' AND operationName IN ('Add user', 'Delete user')
                AND properties.`result` = 'success'
            """;

    private static final String FAILED =
            """
            CREATE TEMPORARY VIEW failed AS
            SELECT tenantId AS tenant, properties.id AS id, `at`
            FROM events
            WHERE category <> 'AuditLogs' AND properties.status.errorCode <> 0
            """;

    private static final String FAILURES =
            """
            CREATE TEMPORARY VIEW failures AS
            SELECT tenant, window_start, window_time, COUNT(DISTINCT id) AS number
            FROM TABLE(TUMBLE(TABLE failed, DESCRIPTOR(`at`), INTERVAL '1' DAY))
            GROUP BY tenant, window_start, window_end, window_time
            """;

    private static final String JOURNEYS =
            """
            CREATE TEMPORARY VIEW journeys AS
            SELECT
                tenant, user_id, `at`, address, latitude, longitude,
                LAG(`at`) OVER visits AS at_before,
                LAG(address) OVER visits AS address_before,
                LAG(latitude) OVER visits AS latitude_before,
                LAG(longitude) OVER visits AS longitude_before
            FROM (
                SELECT
                    tenantId AS tenant,
                    properties.userId AS user_id,
                    `at`,
                    properties.ipAddress AS address,
                    properties.location.geoCoordinates.latitude AS latitude,
                    properties.location.geoCoordinates.longitude AS longitude
                FROM events
                WHERE category <> 'AuditLogs' AND properties.status.errorCode = 0 AND properties.isInteractive
                    AND (properties.location.geoCoordinates.latitude <> 0
                        OR properties.location.geoCoordinates.longitude <> 0)
                    AND COALESCE(properties.networkLocationDetails[1].networkType, '') <> 'trustedNamedLocation')
            WINDOW visits AS (PARTITION BY tenant, user_id ORDER BY `at`)
            """;

    private static final String DETECTIONS =
            """
            INSERT INTO alerts
            SELECT 'account-created-and-deleted', tenant, target, CAST(deleted AS STRING)
            FROM changes MATCH_RECOGNIZE (
                PARTITION BY tenant, target
                ORDER BY `at`
                MEASURES D.`at` AS deleted
                ONE ROW PER MATCH
                AFTER MATCH SKIP PAST LAST ROW
                PATTERN (C D) WITHIN INTERVAL '24' HOUR
                DEFINE C AS C.operation = 'Add user', D AS D.operation = 'Delete user')
            UNION ALL
            SELECT 'more-failures-than-last-week', today.tenant, '', CAST(today.window_start AS STRING)
            FROM failures today
            JOIN failures earlier ON earlier.tenant = today.tenant
                AND today.window_time BETWEEN earlier.window_time + INTERVAL '7' DAY
                    AND earlier.window_time + INTERVAL '7' DAY
            WHERE today.number * 10 > earlier.number * 11
            UNION ALL
            SELECT 'faster-than-900-kmh', tenant, user_id, CAST(`at` AS STRING)
            FROM journeys
            WHERE address <> address_before
                AND (latitude <> latitude_before OR longitude <> longitude_before)
                AND (2 * 6371.0088 * ASIN(SQRT(
                        POWER(SIN(RADIANS(latitude - latitude_before) / 2), 2)
                        + COS(RADIANS(latitude)) * COS(RADIANS(latitude_before))
                        * POWER(SIN(RADIANS(longitude - longitude_before) / 2), 2))) - 100)
                    / (GREATEST(1, TIMESTAMPDIFF(SECOND, at_before, `at`)) / 3600.0) > 900
            """;

    private SqlVariant() {}

    /** @param args where the alerts go, the parallelism, then the file */
    public static void main(String[] args) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, Integer.parseInt(args[1]));
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        configuration.setString("table.exec.resource.default-parallelism", args[1]);
        configuration.setString("table.local-time-zone", "UTC");
        TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.newInstance()
                .withConfiguration(configuration)
                .build());
        tables.executeSql(EVENTS.formatted(args[2]));
        tables.executeSql(ALERTS.formatted(args[0]));
        tables.executeSql(CHANGES);
        tables.executeSql(FAILED);
        tables.executeSql(FAILURES);
        tables.executeSql(JOURNEYS);
        if (Boolean.getBoolean("explain")) {
            System.err.println(tables.explainSql(DETECTIONS));
        }
        Signals.ready();
        tables.executeSql(DETECTIONS).await();
        Signals.done();
    }
}
