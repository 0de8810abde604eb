package io.entrawatch.benchmark.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.entrawatch.event.Cidr;
import io.entrawatch.event.CidrSet;

/** Whether an address, given as text, is in one of many networks; half of them are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class LookUpAddress {

    private static final int ADDRESSES = 1_024;
    private static final int OF_A_BYTE = 256;

    @Param({"10", "10000"})
    public int networks;

    private CidrSet set;
    private List<String> addresses;

    @Setup(Level.Trial)
    public void prepare() {
        List<Cidr> blocks = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            blocks.add(Cidr.parse("10." + i / OF_A_BYTE + "." + i % OF_A_BYTE + ".0/24"));
        }
        set = CidrSet.of(blocks);
        addresses = new ArrayList<>();
        for (int i = 0; i < ADDRESSES; i++) {
            int network = i % networks;
            String first = i % 2 == 0 ? "10." : "11.";
            addresses.add(first + network / OF_A_BYTE + "." + network % OF_A_BYTE + "." + i % OF_A_BYTE);
        }
        long inside = addresses.stream().filter(set::contains).count();
        if (inside != ADDRESSES / 2) {
            throw new IllegalStateException(inside + " addresses are inside (expected: " + ADDRESSES / 2 + ")");
        }
    }

    @Benchmark
    @OperationsPerInvocation(ADDRESSES)
    public int contains() {
        int inside = 0;
        for (String address : addresses) {
            inside += set.contains(address) ? 1 : 0;
        }
        return inside;
    }
}
