package io.entrawatch.sink;

import org.apache.flink.connector.base.sink.writer.strategy.RateLimitingStrategy;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.connector.base.sink.writer.strategy.ResultInfo;

/**
 * So many requests at once and so many documents a request. Flink's own strategy makes requests smaller with every
 * failed item, and a few refused documents would slow all others down; waiting before a retry does that better.
 */
final class FixedRate implements RateLimitingStrategy {

    private final int batchSize;
    private final int mostInFlight;
    private int inFlight;

    FixedRate(int batchSize, int mostInFlight) {
        this.batchSize = batchSize;
        this.mostInFlight = mostInFlight;
    }

    @Override
    public void registerInFlightRequest(RequestInfo request) {
        inFlight++;
    }

    @Override
    public void registerCompletedRequest(ResultInfo result) {
        inFlight--;
    }

    @Override
    public boolean shouldBlock(RequestInfo request) {
        return inFlight >= mostInFlight;
    }

    @Override
    public int getMaxBatchSize() {
        return batchSize;
    }
}
