package io.entrawatch.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a small database in MaxMind's format: a binary tree of networks with records of 24 bits, the data they point
 * to, and the description of both.
 */
public final class PlaceDatabase {

    private static final int EMPTY = -1;
    private static final int SEPARATOR = 16;
    private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

    private final int ipVersion;
    /** Each node: left and right; a number of a node, EMPTY, or below EMPTY the place of a value. */
    private final List<int[]> nodes = new ArrayList<>();

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();

    /** @param ipVersion 4 or 6; addresses of 4 stand in a tree of 6 under {@code ::/96} */
    public PlaceDatabase(int ipVersion) {
        this.ipVersion = ipVersion;
        nodes.add(new int[] {EMPTY, EMPTY});
    }

    public static Map<String, Object> city(String city, String country, double latitude, double longitude, int radius) {
        return Map.of(
                "city", Map.of("names", Map.of("en", city)),
                "country", Map.of("iso_code", country),
                "location", Map.of("latitude", latitude, "longitude", longitude, "accuracy_radius", radius));
    }

    public PlaceDatabase put(String network, Map<String, Object> value) throws IOException {
        String[] parts = network.split("/");
        byte[] address = InetAddress.getByName(parts[0]).getAddress();
        int length = Integer.parseInt(parts[1]);
        if (ipVersion == 6 && address.length == 4) {
            byte[] wide = new byte[16];
            System.arraycopy(address, 0, wide, 12, 4);
            address = wide;
            length += 96;
        }
        int node = 0;
        for (int bit = 0; bit < length - 1; bit++) {
            node = childOf(node, bitOf(address, bit));
        }
        nodes.get(node)[bitOf(address, length - 1)] = EMPTY - 1 - values.size();
        write(value, values);
        return this;
    }

    public Path write(Path file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            writeRecord(node[0], out);
            writeRecord(node[1], out);
        }
        out.write(new byte[SEPARATOR]);
        values.writeTo(out);
        out.write(MARKER);
        write(
                Map.of(
                        "node_count",
                        nodes.size(),
                        "record_size",
                        24,
                        "ip_version",
                        ipVersion,
                        "database_type",
                        "Invented-City",
                        "languages",
                        List.of("en"),
                        "binary_format_major_version",
                        2,
                        "binary_format_minor_version",
                        0,
                        "build_epoch",
                        1_700_000_000,
                        "description",
                        Map.of("en", "Invented places")),
                out);
        return Files.write(file, out.toByteArray());
    }

    private int childOf(int node, int side) {
        int child = nodes.get(node)[side];
        if (child == EMPTY) {
            child = nodes.size();
            nodes.add(new int[] {EMPTY, EMPTY});
            nodes.get(node)[side] = child;
        }
        return child;
    }

    private static int bitOf(byte[] address, int bit) {
        return address[bit / 8] >> (7 - bit % 8) & 1;
    }

    private void writeRecord(int child, ByteArrayOutputStream out) {
        int record = child;
        if (child == EMPTY) {
            record = nodes.size();
        } else if (child < EMPTY) {
            record = nodes.size() + SEPARATOR + (EMPTY - 1 - child);
        }
        out.write(record >> 16);
        out.write(record >> 8);
        out.write(record);
    }

    private static void write(Object value, ByteArrayOutputStream out) throws IOException {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            control(2, bytes.length, out);
            out.write(bytes);
        } else if (value instanceof Double number) {
            control(3, Double.BYTES, out);
            writeNumber(Double.doubleToLongBits(number), Double.BYTES, out);
        } else if (value instanceof Integer number) {
            control(6, Integer.BYTES, out);
            writeNumber(number, Integer.BYTES, out);
        } else if (value instanceof List<?> list) {
            control(11, list.size(), out);
            for (Object item : list) {
                write(item, out);
            }
        } else if (value instanceof Map<?, ?> map) {
            control(7, map.size(), out);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey(), out);
                write(entry.getValue(), out);
            }
        } else {
            throw new IllegalArgumentException(String.valueOf(value));
        }
    }

    /** Types above seven stand in a byte of their own; no size here needs more than its five bits. */
    private static void control(int type, int size, ByteArrayOutputStream out) {
        if (size > 28) {
            throw new IllegalArgumentException("size: " + size + " (expected: <= 28)");
        }
        out.write(type <= 7 ? type << 5 | size : size);
        if (type > 7) {
            out.write(type - 7);
        }
    }

    private static void writeNumber(long number, int bytes, ByteArrayOutputStream out) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (number >> shift));
        }
    }
}
