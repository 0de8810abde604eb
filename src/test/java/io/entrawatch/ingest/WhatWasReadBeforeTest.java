package io.entrawatch.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.Decoded;
import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.LogSource;
import io.entrawatch.event.Wanted;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader remembers names and values to read the next record faster, and reads it as one that remembers nothing. */
class WhatWasReadBeforeTest {

    private static final int RECORDS = 1_500;

    private static final List<RawRecord> FORMS = List.of(
            RawRecord.signIn(), RawRecord.signIn(), RawRecord.audit(), RawRecord.graphSignIn(), RawRecord.graphAudit());

    /** What a damaged record has more, or instead. */
    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            "\n",
            " ",
            "7",
            ".",
            "e",
            "\u00e4",
            "\u0001",
            "null",
            "true",
            "\"a\":1,",
            "\"a\":[{\"b\":2}],",
            "\"value\":[],",
            "\"properties\":{},",
            "[".repeat(96),
            "{\"a\":".repeat(92));

    private static final Wanted FEW = new Wanted(
            EnumSet.of(
                    Field.USER_ID,
                    Field.ERROR_CODE,
                    Field.LATITUDE,
                    Field.RISK_STATE,
                    Field.AUTHENTICATION_REQUIREMENT),
            EnumSet.allOf(LogSource.class),
            false);

    private final LogReader remembering = reader();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void changesNothingOfTheNextRecord(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = record(random).getBytes(StandardCharsets.UTF_8);
            if (random.nextBoolean()) {
                assertThat(said(Reading.message(remembering, record)))
                        .isEqualTo(said(Reading.message(reader(), record)));
            } else {
                assertThat(said(Reading.file(remembering, record))).isEqualTo(said(Reading.file(reader(), record)));
            }
        }
    }

    private static LogReader reader() {
        return new LogReader(new Decoding(FEW, Reading.DEFAULT_TENANT, null, Reading.LARGEST_RECORD));
    }

    /** Mostly as the one before, so that there is something to be remembered. */
    private static String record(Random random) {
        StringBuilder record = new StringBuilder(FORMS.get(random.nextInt(FORMS.size()))
                .with("properties.userId", "u" + random.nextInt(5))
                .json());
        for (int damages = random.nextInt(4) - 1; damages > 0; damages--) {
            int at = random.nextInt(record.length());
            int end = random.nextBoolean() ? at : Math.min(record.length(), at + 1 + random.nextInt(4));
            record.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        return record.toString();
    }

    private static List<String> said(List<Decoded> read) {
        List<String> said = new ArrayList<>();
        for (Decoded decoded : read) {
            EntraEvent event = decoded.event();
            said.add(
                    event == null
                            ? String.valueOf(decoded.deadLetter())
                            : event.id() + " " + event.atMillis() + " " + Arrays.deepToString(event.fields().values));
        }
        return said;
    }
}
