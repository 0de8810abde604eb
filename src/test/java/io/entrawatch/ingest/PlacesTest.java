package io.entrawatch.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.Place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlacesTest {

    private static final Place PARIS = new Place(48.85, 2.35, 20, "Paris", null, "FR", 0);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0", "192.0.2.10", "192.0.2.255", "192.0.2.10:443", "2001:db8::1"})
    void anAddressIsLookedUp(String address) throws IOException {
        assertThat(find(paris(), from(address))).isEqualTo(PARIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.3.0", "192.0.1.255", "2001:db9::1", "::2a02:8084::6fc6", "localhost"})
    void anAddressThatIsNotInTheDatabaseHasNoPlace(String address) throws IOException {
        assertThat(find(paris(), from(address))).isNull();
    }

    @Test
    void theCountryOfTheRecordStandsInWhereTheDatabaseIsSilent() throws IOException {
        FieldValues fields = from("203.0.113.1");
        fields.set(Field.COUNTRY, "NO");
        assertThat(find(paris(), fields)).isEqualTo(new Place(64.6, 13, 1000, null, null, "NO", 0));
    }

    @Test
    void coordinatesOfTheDatabaseAreBetterThanTheMiddleOfTheCountry() throws IOException {
        FieldValues fields = from("192.0.2.10");
        fields.set(Field.COUNTRY, "FR");
        assertThat(find(paris(), fields)).isEqualTo(PARIS);
    }

    @Test
    void theRecordsOwnCoordinatesWin() throws IOException {
        FieldValues fields = from("192.0.2.10");
        fields.set(Field.LATITUDE, "59.91");
        fields.set(Field.LONGITUDE, "10.75");
        assertThat(find(paris(), fields)).isEqualTo(new Place(59.91, 10.75, 500, null, null, null, 0));
    }

    @Test
    void coordinatesThatOnlyStandForACountryAreAsVagueAsTheCountryIsLarge() throws IOException {
        FieldValues fields = from("192.0.2.10");
        fields.set(Field.LATITUDE, "37.751");
        fields.set(Field.LONGITUDE, "-97.822");
        fields.set(Field.COUNTRY, "US");
        assertThat(find(paris(), fields)).isEqualTo(new Place(37.751, -97.822, 2300, null, null, "US", 0));
        fields.set(Field.LATITUDE, "47.6");
        fields.set(Field.LONGITUDE, "-122.3");
        assertThat(find(paris(), fields)).isEqualTo(new Place(47.6, -122.3, 500, null, null, "US", 0));
        fields.set(Field.LATITUDE, "37.751");
        fields.set(Field.LONGITUDE, "-97.822");
        fields.set(Field.COUNTRY, "LU");
        assertThat(find(paris(), fields)).isEqualTo(new Place(37.751, -97.822, 500, null, null, "LU", 0));
        fields.set(Field.STATE, "Kansas");
        assertThat(find(paris(), fields)).isEqualTo(new Place(37.751, -97.822, 200, null, "Kansas", "LU", 0));
    }

    @Test
    void coordinatesOfZeroInTheRecordAreLookedUp() throws IOException {
        FieldValues fields = from("192.0.2.10");
        fields.set(Field.LATITUDE, "0");
        fields.set(Field.LONGITUDE, "0.0");
        assertThat(find(paris(), fields)).isEqualTo(PARIS);
    }

    /** Ten events of an alert with such names would be more than a sink takes. */
    @Test
    void namesAsLongAsARecordAreCut() throws IOException {
        String cut = "x".repeat(500) + "…";
        FieldValues fields = from("192.0.2.10");
        for (Field name : new Field[] {Field.CITY, Field.STATE, Field.COUNTRY}) {
            fields.set(name, "x".repeat(450_000));
        }
        assertThat(find(paris(), fields)).isEqualTo(new Place(48.85, 2.35, 20, cut, cut, cut, 0));
        fields.set(Field.LATITUDE, "59.91");
        fields.set(Field.LONGITUDE, "10.75");
        assertThat(find(paris(), fields)).isEqualTo(new Place(59.91, 10.75, 50, cut, cut, cut, 0));
    }

    @Test
    void aPlaceWithoutARadiusIsAsAccurateAsACity() throws IOException {
        PlaceDatabase database = new PlaceDatabase(6)
                .put("192.0.2.0/24", Map.of("location", Map.of("latitude", 48.85, "longitude", 2.35)));
        assertThat(find(database, from("192.0.2.10"))).isEqualTo(new Place(48.85, 2.35, 50, null, null, null, 0));
    }

    @Test
    void aNetworkWithoutCoordinatesHasNoPlace() throws IOException {
        PlaceDatabase database = new PlaceDatabase(6)
                .put("192.0.2.0/24", Map.of("country", Map.of("iso_code", "FR")))
                .put("198.51.100.0/24", Map.of("location", Map.of("latitude", 48.85)));

        assertThat(find(database, from("192.0.2.10"))).isNull();
        assertThat(find(database, from("198.51.100.10"))).isNull();
    }

    @Test
    void aDatabaseOfOnlyIpv4KnowsNoIpv6() throws IOException {
        PlaceDatabase database =
                new PlaceDatabase(4).put("192.0.2.0/24", PlaceDatabase.city("Paris", "FR", 48.85, 2.35, 20));

        assertThat(find(database, from("192.0.2.10"))).isEqualTo(PARIS);
        assertThat(find(database, from("2001:db8::1"))).isNull();
    }

    @Test
    void aReaderUsesTheDatabaseItIsGiven() throws IOException {
        Path file = paris().write(directory.resolve("places.mmdb"));
        byte[] record = RawRecord.signIn().without("properties.location").json().getBytes();
        try (LogReader reader = Reading.reader(Reading.LARGEST_RECORD, file.toString())) {
            assertThat(Reading.message(reader, record).get(0).event().place())
                    .isEqualTo(new Place(48.85, 2.35, 20, "Paris", null, "NO", 0));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithItsName() throws IOException {
        Path file = Files.writeString(directory.resolve("places.mmdb"), "none");

        assertThatThrownBy(() -> Places.with(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("geoip: " + file);
        assertThatThrownBy(() -> Places.with(directory.resolve("missing.mmdb")))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static PlaceDatabase paris() throws IOException {
        Map<String, Object> paris = PlaceDatabase.city("Paris", "FR", 48.85, 2.35, 20);
        return new PlaceDatabase(6).put("192.0.2.0/24", paris).put("2001:db8::/32", paris);
    }

    private Place find(PlaceDatabase database, FieldValues fields) throws IOException {
        try (Places places = Places.with(database.write(directory.resolve("places.mmdb")))) {
            return places.find(fields);
        }
    }

    private static FieldValues from(String address) {
        FieldValues fields = new FieldValues();
        fields.set(Field.IP_ADDRESS, address);
        return fields;
    }
}
