package io.entrawatch.state;

import java.util.Collection;

import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

import io.entrawatch.engine.SeeksWithinKeyGroups;

/** The options of the job, with a count of what all RocksDBs of this process do; Flink makes it from its class name. */
public final class IterationWork implements RocksDBOptionsFactory {

    private static final long serialVersionUID = 1L;

    private static Statistics statistics = new Statistics();

    private final SeeksWithinKeyGroups ofTheJob = new SeeksWithinKeyGroups();

    static synchronized void begin() {
        statistics = new Statistics();
    }

    /** How many entries, nearly all of them deleted, were passed by on the way to one that was looked for. */
    static synchronized long passedBy() {
        return statistics.getTickerCount(TickerType.NUMBER_ITER_SKIP);
    }

    static synchronized long seeks() {
        return statistics.getTickerCount(TickerType.NUMBER_DB_SEEK);
    }

    private static synchronized Statistics current() {
        return statistics;
    }

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
        return ofTheJob.createDBOptions(options, toClose).setStatistics(current());
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
        return ofTheJob.createColumnOptions(options, toClose);
    }

    @Override
    public ReadOptions createReadOptions(ReadOptions options, Collection<AutoCloseable> toClose) {
        return ofTheJob.createReadOptions(options, toClose);
    }
}
