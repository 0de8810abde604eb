package io.entrawatch.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/** A stream that ends where it breaks, so that what was read before the break is not lost with it. */
final class ReadableBeginning extends FilterInputStream {

    private @Nullable IOException failure;

    ReadableBeginning(InputStream in) {
        super(in);
    }

    /** What broke the stream, or null where it is whole so far. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (failure != null) {
            return -1;
        }
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            return -1;
        }
    }
}
