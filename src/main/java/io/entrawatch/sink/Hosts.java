package io.entrawatch.sink;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The hosts of a cluster, asked in turn, and what is known of each: since when it refuses the credentials, and since when
 * there is no way to it.
 */
final class Hosts {

    /** A host that is down would otherwise cost the whole time limit in each of its turns. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final List<String> addresses;
    private final AtomicInteger turn = new AtomicInteger();

    /** By scheme and authority, in nanoseconds of the JVM. */
    private final Map<String, Long> refusingSince = new ConcurrentHashMap<>();

    private final Map<String, Long> restingSince = new ConcurrentHashMap<>();

    Hosts(List<String> addresses) {
        this.addresses = addresses.stream()
                .map(address -> address.endsWith("/") ? address.substring(0, address.length() - 1) : address)
                .toList();
    }

    List<String> addresses() {
        return addresses;
    }

    /** The next that does not rest; where all do, the next. */
    String next() {
        int next = turn.getAndIncrement();
        for (int i = 0; i < addresses.size(); i++) {
            if (!rests(inTurn(next + i))) {
                return inTurn(next + i);
            }
        }
        return inTurn(next);
    }

    private String inTurn(int number) {
        return addresses.get(Math.floorMod(number, addresses.size()));
    }

    private boolean rests(String address) {
        Long since = restingSince.get(of(URI.create(address)));
        return since != null && System.nanoTime() - since < REST.toNanos();
    }

    /** What takes the credentials has found its users, and so have the others soon. */
    void answered(URI uri, int status) {
        restingSince.remove(of(uri));
        if (status == 401) {
            refusingSince.putIfAbsent(of(uri), System.nanoTime());
        } else if (status / 100 == 2) {
            refusingSince.clear();
        } else {
            refusingSince.remove(of(uri));
        }
    }

    /** Whatever it said before, it may be another one that answers next. */
    void failed(URI uri, Throwable failure) {
        refusingSince.remove(of(uri));
        if (ConnectionFailure.isUnreachable(failure)) {
            restingSince.put(of(uri), System.nanoTime());
        }
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
