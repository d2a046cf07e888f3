package de.doppelboden.gateway.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Buffered writing to a wire; holds a pooled array only between the first byte and {@link #release}. */
public final class ByteSink {

    public static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] NONE = new byte[0];

    private final Wire wire;
    private final Deadline deadline;
    private final long patienceNanos;
    private byte[] bytes = NONE;
    private int count;

    /** @param patience how long one write may wait for a slow reader */
    public ByteSink(Wire wire, Deadline deadline, Duration patience) {
        this.wire = wire;
        this.deadline = deadline;
        this.patienceNanos = patience.toNanos();
    }

    public void put(byte[] source) throws IOException {
        put(source, 0, source.length);
    }

    public void put(byte[] source, int from, int length) throws IOException {
        ensureBuffer();
        if (length > bytes.length - count) {
            put(ByteBuffer.wrap(source, from, length));
            return;
        }
        System.arraycopy(source, from, bytes, count, length);
        count += length;
    }

    /** What remains of that, to its end. */
    public void put(ByteBuffer piece) throws IOException {
        ensureBuffer();
        if (piece.remaining() > bytes.length - count) {
            flush();
            if (piece.remaining() >= bytes.length) {
                write(piece);
                return;
            }
        }
        int length = piece.remaining();
        piece.get(bytes, count, length);
        count += length;
    }

    /** Text in ISO 8859-1; the caller answers for its having no CR or LF. */
    @SuppressWarnings("deprecation") // the fastest way from a String to bytes of one byte a character
    public void put(String text) throws IOException {
        ensureBuffer();
        int length = text.length();
        if (length > bytes.length - count) {
            byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
            put(encoded, 0, length);
            return;
        }
        text.getBytes(0, length, bytes, count);
        count += length;
    }

    public void putHex(int value) throws IOException {
        put(Integer.toHexString(value));
    }

    private void ensureBuffer() {
        if (bytes.length == 0) {
            bytes = Buffers.STOCK.take();
        }
    }

    /** Bytes of memory that it takes up. */
    public int size() {
        return bytes.length;
    }

    public void flush() throws IOException {
        if (count > 0) {
            int all = count;
            count = 0;
            write(ByteBuffer.wrap(bytes, 0, all));
        }
    }

    private void write(ByteBuffer piece) throws IOException {
        int all = piece.limit();
        while (piece.position() < all) {
            piece.limit(Math.min(all, piece.position() + Bulk.BYTES));
            deadline.until(deadline.now() + patienceNanos);
            wire.write(piece);
        }
        deadline.clear();
    }

    /** Gives the array back; what is not flushed is lost. */
    public void release() {
        Buffers.STOCK.give(bytes);
        bytes = NONE;
        count = 0;
    }

    /** Forgets the deadline; nothing is written any more. */
    public void close() {
        deadline.close();
    }
}
