package io.entrawatch.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What the parts of a gzip file hold, one after the other. Java's own stream takes whatever comes behind a part and is none
 * for the end, and what is damaged there would be lost without a word; here only zeros are, with which some writers fill up.
 * That of Commons Compress throws away what it has unpacked before a break.
 */
final class GzipParts extends InputStream {

    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;

    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed;
    private int position;
    private int end;
    private int parts;
    private boolean inPart;
    private boolean ended;

    GzipParts(InputStream in, int bufferSize) {
        this.in = in;
        this.packed = new byte[bufferSize];
    }

    static boolean beginsIn(InputStream in) throws IOException {
        return in.read() == FIRST && in.read() == SECOND;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (length > 0 && (inPart || beginPart())) {
            int read = inflate(bytes, offset, length);
            if (read > 0) {
                checksum.update(bytes, offset, read);
                return read;
            }
            if (inflater.finished()) {
                endPart();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("it needs a dictionary");
            } else if (fill()) {
                inflater.setInput(packed, 0, end);
            } else {
                throw new EOFException();
            }
        }
        return length == 0 ? 0 : -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(bytes, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage());
        }
    }

    /** Reads the header of the next part; false where there is none. */
    private boolean beginPart() throws IOException {
        int first = ended ? -1 : next();
        while (first == 0 && parts > 0) {
            first = next();
        }
        if (first < 0) {
            ended = true;
            return false;
        }
        if (first != FIRST || next() != SECOND || next() != 8) {
            throw new ZipException("no header of gzip where part " + (parts + 1) + " should begin");
        }
        readRestOfHeader();
        parts++;
        inPart = true;
        inflater.reset();
        inflater.setInput(packed, position, end - position);
        checksum.reset();
        return true;
    }

    private void readRestOfHeader() throws IOException {
        int flags = nextOf(1);
        if ((flags & RESERVED) != 0) {
            throw new ZipException("a damaged header of gzip where part " + (parts + 1) + " should begin");
        }
        // The time, how hard it was tried, and on what system.
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(nextOf(2));
        }
        for (int texts = Integer.bitCount(flags & (HAS_NAME | HAS_COMMENT)); texts > 0; texts--) {
            while (nextOf(1) != 0) {
                // What it was called is not asked for.
            }
        }
        if ((flags & HAS_CHECKSUM) != 0) {
            skip(2);
        }
    }

    private void endPart() throws IOException {
        position = end - inflater.getRemaining();
        inPart = false;
        long written = inflater.getBytesWritten() & 0xffff_ffffL;
        if ((nextOf(4) & 0xffff_ffffL) != checksum.getValue() || (nextOf(4) & 0xffff_ffffL) != written) {
            throw new ZipException("what is in part " + parts + " is not what was packed");
        }
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            nextOf(1);
        }
    }

    /** A number of some bytes, the lowest first. */
    private int nextOf(int bytes) throws IOException {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            int next = next();
            if (next < 0) {
                throw new EOFException();
            }
            number |= next << i * Byte.SIZE;
        }
        return number;
    }

    private int next() throws IOException {
        return position == end && !fill() ? -1 : packed[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(packed, 0, packed.length));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
