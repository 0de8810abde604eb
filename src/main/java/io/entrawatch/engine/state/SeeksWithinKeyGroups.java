package io.entrawatch.engine.state;

import java.util.Collection;

import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;

/**
 * Lets RocksDB stop looking for the entries of a key where its key group ends. Flink CEP asks again and again for what a
 * key has waiting, which is mostly nothing, and RocksDB would then pass by all that was deleted of all keys behind it. What
 * is left to pass by is that of the same key group.
 *
 * <p>The first byte of everything that Flink keeps in RocksDB is that of the key group, or its higher byte where there are
 * more than 128 of them, and nothing that is looked for here while the job runs is in two groups. What goes through a whole
 * state ends with its first group: so nothing may ask Flink for all keys ({@code getKeys}), and what is remembered has
 * serializers that never let Flink migrate a state, but read each form that they once wrote.
 */
public final class SeeksWithinKeyGroups implements RocksDBOptionsFactory {

    private static final long serialVersionUID = 1L;

    private static final int KEY_GROUP_BYTES = 1;

    @Override
    public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> toClose) {
        return options;
    }

    @Override
    public ColumnFamilyOptions createColumnOptions(ColumnFamilyOptions options, Collection<AutoCloseable> toClose) {
        return options.useFixedLengthPrefixExtractor(KEY_GROUP_BYTES);
    }

    @Override
    public ReadOptions createReadOptions(ReadOptions options, Collection<AutoCloseable> toClose) {
        return options.setPrefixSameAsStart(true);
    }
}
