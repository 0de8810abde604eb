package io.entrawatch.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.Reader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.entrawatch.event.Field;
import io.entrawatch.event.FieldValues;
import io.entrawatch.event.IpAddress;
import io.entrawatch.event.LongText;
import io.entrawatch.event.Place;

/**
 * Finds where a sign-in came from: the coordinates of the record, else those of a MaxMind-format database, else the
 * middle of the country. Coordinates (0, 0) stand for none.
 */
final class Places implements Closeable {

    private static final int CITY_RADIUS_KM = 50;
    private static final int STATE_RADIUS_KM = 200;
    private static final double KM_PER_DEGREE = 111.2;

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    /** What this process has told of: each file of logs is read with a database of its own. */
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private final @Nullable Reader database;

    private Places(@Nullable Reader database) {
        this.database = database;
    }

    /**
     * @param database a file in MaxMind's format, or null for none
     * @throws UncheckedIOException if the file cannot be read
     */
    static Places with(@Nullable Path database) {
        try {
            return new Places(database == null ? null : open(database));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "geoip: " + database + " cannot be read (expected: a database in MaxMind's format): "
                            + e.getMessage(),
                    e);
        }
    }

    private static Reader open(Path database) throws IOException {
        Reader reader = new Reader(database.toFile());
        Instant built = reader.getMetadata().buildTime();
        if (TOLD.add(database + " " + built)) {
            LOG.info("Places of addresses are those of {}, built {}", database, built);
        }
        return reader;
    }

    /** The place of a sign-in, or null where nothing tells. */
    @Nullable
    Place find(FieldValues fields) {
        String city = name(fields.first(Field.CITY));
        String state = name(fields.first(Field.STATE));
        String country = name(fields.first(Field.COUNTRY));
        long asn = number(fields.first(Field.ASN));
        double latitude = degrees(fields.first(Field.LATITUDE), 90);
        double longitude = degrees(fields.first(Field.LONGITUDE), 180);
        boolean given = !Double.isNaN(latitude) && !Double.isNaN(longitude) && (latitude != 0 || longitude != 0);
        if (given) {
            int radius = city != null
                    ? CITY_RADIUS_KM
                    : state != null ? STATE_RADIUS_KM : radiusOf(country, latitude, longitude);
            return new Place(latitude, longitude, radius, city, state, country, asn);
        }
        Place looked = lookUp(fields.first(Field.IP_ADDRESS), city, state, country, asn);
        return looked != null ? looked : Countries.middleOf(country, city, state, asn);
    }

    /** Of a place without city and state: coordinates about the middle of a country stand for all of it, however large. */
    private static int radiusOf(@Nullable String country, double latitude, double longitude) {
        Place middle = Countries.middleOf(country, null, null, 0);
        if (middle == null) {
            return Place.COUNTRY_RADIUS_KM;
        }
        double north = latitude - middle.latitude();
        double east = (longitude - middle.longitude()) * Math.cos(Math.toRadians(latitude));
        boolean inTheMiddle = Math.hypot(north, east) * KM_PER_DEGREE < Place.COUNTRY_RADIUS_KM;
        return inTheMiddle ? Math.max(Place.COUNTRY_RADIUS_KM, middle.radiusKm()) : Place.COUNTRY_RADIUS_KM;
    }

    private @Nullable Place lookUp(
            @Nullable String text, @Nullable String city, @Nullable String state, @Nullable String country, long asn) {
        IpAddress address = database == null ? null : IpAddress.parse(text);
        if (database == null || address == null) {
            return null;
        }
        try {
            DatabaseRecord<Map> found = database.getRecord(InetAddress.getByAddress(address.bytes()), Map.class);
            Map<?, ?> record = found.data();
            if (record == null || !(record.get("location") instanceof Map<?, ?> location)) {
                return null;
            }
            if (!(location.get("latitude") instanceof Number latitude)
                    || !(location.get("longitude") instanceof Number longitude)) {
                return null;
            }
            int radius = location.get("accuracy_radius") instanceof Number km ? km.intValue() : CITY_RADIUS_KM;
            return new Place(
                    latitude.doubleValue(),
                    longitude.doubleValue(),
                    radius,
                    city != null ? city : nameIn(record.get("city")),
                    state,
                    country != null ? country : isoCode(record.get("country")),
                    asn);
        } catch (IOException e) {
            throw new UncheckedIOException("geoip: the database cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable String nameIn(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map
                        && map.get("names") instanceof Map<?, ?> names
                        && names.get("en") instanceof String name
                ? name
                : null;
    }

    private static @Nullable String isoCode(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map && map.get("iso_code") instanceof String code ? code : null;
    }

    /** The name that a record gives, which may be as long as a record. */
    private static @Nullable String name(@Nullable String text) {
        return text == null || text.isBlank() ? null : LongText.cutValue(text);
    }

    private static double degrees(@Nullable String text, int most) {
        if (text == null) {
            return Double.NaN;
        }
        try {
            double degrees = Double.parseDouble(text);
            return Math.abs(degrees) <= most ? degrees : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 12) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    @Override
    public void close() {
        if (database != null) {
            try {
                database.close();
            } catch (IOException e) {
                throw new UncheckedIOException("geoip: the database cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
