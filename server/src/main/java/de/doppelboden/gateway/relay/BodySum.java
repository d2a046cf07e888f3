package de.doppelboden.gateway.relay;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The first bytes of a body, summed up as they pass: enough to tell whether two bodies are the same. One thread at a time. */
final class BodySum implements Checksum {

    /** Of so many bytes at most. */
    static final int BYTES = 256 * 1024;

    private final CRC32C crc = new CRC32C();
    private int bytes;

    boolean sameAs(BodySum other) {
        return bytes == other.bytes && getValue() == other.getValue();
    }

    @Override
    public void update(byte[] from, int offset, int length) {
        update(ByteBuffer.wrap(from, offset, length));
    }

    @Override
    public void update(ByteBuffer piece) {
        int taken = Math.min(piece.remaining(), BYTES - bytes);
        crc.update(piece.limit(piece.position() + taken));
        bytes += taken;
    }

    @Override
    public void update(int one) {
        update(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public long getValue() {
        return crc.getValue();
    }

    @Override
    public void reset() {
        crc.reset();
        bytes = 0;
    }
}
