package io.entrawatch.ingest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.entrawatch.event.EntraEvent;
import io.entrawatch.event.Field;
import io.entrawatch.event.Place;

import static io.entrawatch.ingest.Reading.event;
import static org.assertj.core.api.Assertions.assertThat;

class AddressAndPlaceTest {

    @ParameterizedTest
    @ValueSource(strings = {"<null>", "0.0.0.0", "::", "", " "})
    void whatStandsForNoAddressIsTakenAway(String address) {
        assertThat(address(signInFrom(address))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.10,192.0.2.10",
        "192.0.2.10:50123,192.0.2.10",
        "[2001:db8::1]:443,2001:db8::1",
        "2001:DB8::1,2001:db8::1",
        "2001:db8:0:0:1:0:0:1,2001:db8::1:0:0:1",
        "::ffff:192.0.2.10,192.0.2.10",
        "' 192.0.2.10 ',192.0.2.10",
        "2001:db8::1%eth0,2001:db8::1",
        "[2001:db8::1%12]:443,2001:db8::1"
    })
    void anAddressIsWrittenInOneWay(String written, String expected) {
        assertThat(address(signInFrom(written))).isEqualTo(expected);
    }

    @Test
    void aMalformedAddressStaysAsTheLogWroteIt() {
        assertThat(address(signInFrom("::2a02:8084::6fc6"))).isEqualTo("::2a02:8084::6fc6");
    }

    @Test
    void theCallerStandsInWhereThePropertiesNameNoAddress() {
        RawRecord record = RawRecord.signIn().with("callerIpAddress", "203.0.113.9");

        assertThat(address(record)).isEqualTo("192.0.2.10");
        assertThat(address(record.with("properties.ipAddress", ""))).isEqualTo("203.0.113.9");
        assertThat(address(record.with("properties.ipAddress", "0.0.0.0"))).isEqualTo("203.0.113.9");
        assertThat(address(record.without("properties.ipAddress"))).isEqualTo("203.0.113.9");
    }

    @Test
    void theActorsAddressStandsInWhereTheEnvelopeOfAnAuditRecordSaysNull() {
        assertThat(address(RawRecord.audit().with("callerIpAddress", "<null>"))).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource({"2001:0DB8::1,2001:db8::1", "::ffff:192.0.2.10,192.0.2.10", "not known,not known", "0.0.0.0,"})
    void theActorsAddressIsWrittenInTheSameWay(String written, String expected) {
        EntraEvent event = event(RawRecord.audit().with("properties.initiatedBy.user.ipAddress", written));

        assertThat(event.text(Field.ACTOR_IP)).isEqualTo(expected);
        assertThat(event.text(Field.IP_ADDRESS)).isEqualTo(expected);
    }

    @Test
    void theRecordsCoordinatesAreTaken() {
        assertThat(event(RawRecord.signIn()).place()).isEqualTo(new Place(59.91, 10.75, 50, "Oslo", "Oslo", "NO", 0));
    }

    @Test
    void coordinatesAreLessAccurateTheLessTheRecordNames() {
        RawRecord record = RawRecord.signIn().with("properties.location.city", "");

        assertThat(event(record).place().radiusKm()).isEqualTo(200);
        assertThat(event(record.without("properties.location.state")).place().radiusKm())
                .isEqualTo(500);
    }

    @Test
    void missingCoordinatesAreTheMiddleOfTheCountryWithItsRadius() {
        RawRecord record = RawRecord.signIn().without("properties.location.geoCoordinates");
        assertThat(event(record).place()).isEqualTo(new Place(64.6, 13, 1000, "Oslo", "Oslo", "NO", 0));
    }

    @Test
    void coordinatesOfZeroAreNone() {
        RawRecord record = signInAt(0, 0);
        assertThat(event(record).place().radiusKm()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"0,10.75", "51.48,0"})
    void oneZeroAloneIsACoordinate(double latitude, double longitude) {
        Place place = event(signInAt(latitude, longitude)).place();
        assertThat(new double[] {place.latitude(), place.longitude()}).containsExactly(latitude, longitude);
    }

    @Test
    void coordinatesMayBeText() {
        RawRecord record = RawRecord.signIn()
                .with("properties.location.geoCoordinates.latitude", "59.91")
                .with("properties.location.geoCoordinates.longitude", "10.75");
        assertThat(event(record)).isEqualTo(event(RawRecord.signIn()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"91", "NaN", "Infinity", "north"})
    void coordinatesThatAreNoneOnEarthAreNone(String latitude) {
        RawRecord record = RawRecord.signIn().with("properties.location.geoCoordinates.latitude", latitude);
        assertThat(event(record).place().radiusKm()).isEqualTo(1000);
    }

    @Test
    void theEnvelopesLocationNamesTheCountryWhereThePropertiesDoNot() {
        RawRecord record = RawRecord.signIn().with("location", "de").without("properties.location");
        Place place = event(record).place();

        assertThat(place.country()).isEqualTo("de");
        assertThat(place.latitude()).isEqualTo(51.1);
        assertThat(place.radiusKm()).isEqualTo(500);
    }

    @Test
    void anAzureRegionIsNoCountry() {
        RawRecord record = RawRecord.signIn().with("location", "weu").without("properties.location");
        EntraEvent event = event(record);

        assertThat(event.text(Field.COUNTRY)).isNull();
        assertThat(event.place()).isNull();
    }

    @Test
    void anAdfsSignInWithEmptyTextsAndZerosHasNoPlace() {
        RawRecord record = signInAt(0, 0)
                .with("category", "ADFSSignInLogs")
                .without("location")
                .with("properties.location.city", "")
                .with("properties.location.state", "")
                .with("properties.location.countryOrRegion", "");
        assertThat(event(record).place()).isNull();
    }

    @Test
    void theNumberOfTheNetworkIsKept() {
        assertThat(event(RawRecord.signIn().with("properties.autonomousSystemNumber", 64500))
                        .place()
                        .asn())
                .isEqualTo(64500);
        assertThat(event(RawRecord.signIn().with("properties.autonomousSystemNumber", "AS64500"))
                        .place()
                        .asn())
                .isZero();
    }

    @Test
    void onlySignInsHaveAPlace() {
        assertThat(event(RawRecord.audit().with("location", "NO")).place()).isNull();
    }

    private static RawRecord signInFrom(String address) {
        return RawRecord.signIn().without("callerIpAddress").with("properties.ipAddress", address);
    }

    private static RawRecord signInAt(double latitude, double longitude) {
        return RawRecord.signIn()
                .with("properties.location.geoCoordinates.latitude", latitude)
                .with("properties.location.geoCoordinates.longitude", longitude);
    }

    private static String address(RawRecord record) {
        return event(record).text(Field.IP_ADDRESS);
    }
}
