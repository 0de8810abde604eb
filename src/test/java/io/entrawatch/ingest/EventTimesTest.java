package io.entrawatch.ingest;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventTimesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2022-01-24T05:10:08.6816663Z | 2022-01-24T05:10:08.681Z",
                "2022-01-24T05:10:08Z | 2022-01-24T05:10:08Z",
                "2022-01-24T05:10:08.5Z | 2022-01-24T05:10:08.500Z",
                "2022-01-24T05:10:08.123456789Z | 2022-01-24T05:10:08.123Z",
                "2024-09-23 14:33:09.049661100 | 2024-09-23T14:33:09.049Z",
                "2024-09-23 14:33:09 | 2024-09-23T14:33:09Z",
                "2024-09-23T14:33:09 | 2024-09-23T14:33:09Z",
                "2024-09-23T14:33:09+02:00 | 2024-09-23T12:33:09Z",
                "2024-09-23T14:33:09.1234567-0530 | 2024-09-23T20:03:09.123Z",
                "2024-09-23 14:33:09 +02 | 2024-09-23T12:33:09Z",
                "8/22/2022 6:07:16 PM | 2022-08-22T18:07:16Z",
                "11/14/2025 1:48:53 AM | 2025-11-14T01:48:53Z",
                "11/14/2025 12:00:00 AM | 2025-11-14T00:00:00Z",
                "11/14/2025 12:30 PM | 2025-11-14T12:30:00Z",
                "11/14/2025, 1:48:53 am | 2025-11-14T01:48:53Z",
                "01/09/2007 09:41:00 | 2007-01-09T09:41:00Z",
                "1/9/2007 10:41:00 AM +01:00 | 2007-01-09T09:41:00Z",
                "2026-03-02T09:15:42z | 2026-03-02T09:15:42Z",
                "2026-03-02 09:15:42.123 UTC | 2026-03-02T09:15:42.123Z",
                "3/2/2026, 9:15:42.123 AM | 2026-03-02T09:15:42.123Z",
                "3/2/2026, 9:15:42.1234567 PM | 2026-03-02T21:15:42.123Z",
                "3/2/2026 09:15:42.5 | 2026-03-02T09:15:42.500Z",
                "3/2/2026 9:15:42\u202fAM | 2026-03-02T09:15:42Z",
                "3/2/2026 9:15:42\u00a0AM UTC | 2026-03-02T09:15:42Z",
                "/Date(1772442942123)/ | 2026-03-02T09:15:42.123Z",
                "/Date(1772442942123+0100)/ | 2026-03-02T09:15:42.123Z",
                "2024-02-29T00:00:00Z | 2024-02-29T00:00:00Z",
                "2000-01-01T00:00:00Z | 2000-01-01T00:00:00Z",
                "2099-12-31T23:59:59.999Z | 2099-12-31T23:59:59.999Z"
            })
    void everyWrittenFormOfATimeIsRead(String text, Instant expected) {
        assertThat(EventTimes.parse(text)).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void blanksAroundATimeDoNotMatter() {
        assertThat(EventTimes.parse(" 2024-09-23T14:33:09Z ")).isEqualTo(EventTimes.parse("2024-09-23T14:33:09Z"));
    }

    @Test
    void theDaysOfTheCalendarAreThoseOfJava() {
        Instant at = Instant.parse("2000-01-01T11:22:33.456Z");
        for (int day = 0; day < 36_524; day += 1) {
            Instant that = at.plusSeconds(day * 86_400L);
            assertThat(EventTimes.parse(that.toString())).isEqualTo(that.toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1709370942",
                "0001-01-01T00:00:00Z",
                "1999-12-31T23:59:59Z",
                "2100-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "2023-02-29T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-01-01T24:00:00Z",
                "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:00.12x4Z",
                "13/13/2024 1:00:00 PM",
                "2024-09-23",
                "/Date(0)/",
                "/Date(999999999999999)/",
                "/Date(1772442942123)",
                "UTC 09:15:42",
                "+999999999-12-31T23:59:59",
                "1/1/+999999999 10:00:00"
            })
    void whatIsNoTimeOfEntraIsNone(String text) {
        assertThat(EventTimes.parse(text)).isNull();
    }

    @Test
    void nothingIsNoTime() {
        assertThat(EventTimes.parse(null)).isNull();
    }
}
