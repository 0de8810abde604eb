package io.entrawatch.state;

import java.util.Collection;

import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

import io.entrawatch.engine.state.SeeksWithinKeyGroups;

/** The options of the job, with a count of what all RocksDBs of this process do; Flink makes it from its class name. */
public final class IterationWork implements RocksDBOptionsFactory {

    private static final long serialVersionUID = 1L;

    private static Statistics statistics = new Statistics();

    private static boolean withinKeyGroups;

    private final SeeksWithinKeyGroups ofTheJob = new SeeksWithinKeyGroups();

    /** @param asTheJob whether to use the options of the job; otherwise those of Flink */
    static synchronized void begin(boolean asTheJob) {
        withinKeyGroups = asTheJob;
        statistics = new Statistics();
    }

    /** How many entries, nearly all of them deleted, were passed by on the way to one that was looked for. */
    static synchronized long passedBy() {
        return statistics.getTickerCount(TickerType.NUMBER_ITER_SKIP);
    }

    private static synchronized boolean asTheJob() {
        return withinKeyGroups;
    }

    private static synchronized Statistics current() {
        return statistics;
    }

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
        return options.setStatistics(current());
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
        return asTheJob() ? ofTheJob.createColumnOptions(options, toClose) : options;
    }

    @Override
    public ReadOptions createReadOptions(ReadOptions options, Collection<AutoCloseable> toClose) {
        return asTheJob() ? ofTheJob.createReadOptions(options, toClose) : options;
    }
}
