package io.entrawatch.sink;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The hosts of a cluster, asked in turn, and since when each of them refuses the credentials. */
final class Hosts {

    private final List<String> addresses;
    private final AtomicInteger turn = new AtomicInteger();

    /** By scheme and authority, in nanoseconds of the JVM. */
    private final Map<String, Long> refusingSince = new ConcurrentHashMap<>();

    Hosts(List<String> addresses) {
        this.addresses = addresses.stream()
                .map(address -> address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
                .toList();
    }

    List<String> addresses() {
        return addresses;
    }

    String next() {
        return addresses.get(Math.floorMod(turn.getAndIncrement(), addresses.size()));
    }

    /** What takes the credentials has found its users, and so have the others soon. */
    void answered(URI uri, int status) {
        if (status == 401) {
            refusingSince.putIfAbsent(of(uri), System.nanoTime());
        } else if (status / 100 == 2) {
            refusingSince.clear();
        } else {
            refusingSince.remove(of(uri));
        }
    }

    /** Whatever it said before, it may be another one that answers next. */
    void failed(URI uri) {
        refusingSince.remove(of(uri));
    }

    /** Whether a host has answered nothing but 401 for as long. */
    boolean hasRefusedFor(Duration time, URI uri) {
        Long since = refusingSince.get(of(uri));
        return since != null && System.nanoTime() - since >= time.toNanos();
    }

    /** Scheme, name and port. */
    static String of(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
