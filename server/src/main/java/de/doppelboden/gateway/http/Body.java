package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Bulk;
import de.doppelboden.gateway.wire.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body from a source, whatever its framing, piece by piece where the bytes already lie. Used by one thread.
 * A body that was not read to its end makes its connection useless for another message.
 */
final class Body {

    private static final int CHUNK_LINE = 256;
    private static final int BULK = 16 * 1024;
    private static final int TRAILER_BYTES = 8 * 1024;
    private static final int TRAILER_FIELDS = 32;
    private static final byte[] LAST_CHUNK = {Chars.CR, Chars.LF, '0', Chars.CR, Chars.LF, Chars.CR, Chars.LF};

    private final ByteSource source;
    private final Framing framing;
    private final long most;
    private final int status;
    private long left;
    private long received;
    private boolean betweenChunks;
    private boolean ended;
    private int reading;
    private @Nullable Checksum sum;
    private Headers trailers = Headers.NONE;
    private @Nullable ByteBuffer lent;

    /**
     * @param most bytes that are accepted; more is a 413
     * @param status what the sender of a bad chunk is told: 400, or 502 for a side
     */
    Body(ByteSource source, Framing framing, long most, int status) throws Malformed {
        this.source = source;
        this.framing = framing;
        this.most = most;
        this.status = status;
        switch (framing) {
            case Framing.None none -> ended = true;
            case Framing.Length length -> left = length.bytes();
            case Framing.Chunked chunked -> betweenChunks = false;
            case Framing.UntilClose _, Framing.UntilEnd _ -> left = Long.MAX_VALUE;
        }
        bound(framing instanceof Framing.Length length ? length.bytes() : 0);
    }

    private void bound(long bytes) throws Malformed {
        if (bytes > most) {
            throw new Malformed(status == 502 ? 502 : 413, "a body of more than " + most + " bytes");
        }
    }

    Framing framing() {
        return framing;
    }

    boolean ended() {
        return ended;
    }

    /** Whether all of it has come; a body whose length is not known has not. */
    boolean here() {
        return ended || (framing instanceof Framing.Length && left <= source.buffered()) || lastChunk();
    }

    /** Whether nothing but the last chunk is to come, and has. */
    private boolean lastChunk() {
        return betweenChunks
                && left == 0
                && source.buffered() >= LAST_CHUNK.length
                && Arrays.equals(
                        source.bytes(),
                        source.position(),
                        source.position() + LAST_CHUNK.length,
                        LAST_CHUNK,
                        0,
                        LAST_CHUNK.length);
    }

    /** Bytes that are kept for who reads all of it at once. */
    int reading() {
        return reading;
    }

    Headers trailers() {
        return trailers;
    }

    /** Whether {@link #next} returns without waiting. */
    boolean ready() {
        return ended || (left > 0 && source.buffered() > 0) || lastChunk();
    }

    /** The next piece; waits for its first byte; null at the end. It is good until the next call. */
    @Nullable
    ByteBuffer next() throws IOException {
        var large = bulk();
        if (large != null) {
            int count = source.read(large.clear().limit((int) Math.min(left, Bulk.BYTES)));
            if (count < 0) {
                end();
                return null;
            }
            taken(count);
            return summed(large.flip());
        }
        int count = available();
        if (count < 0) {
            return null;
        }
        var piece = ByteBuffer.wrap(source.bytes(), source.position(), count);
        source.consume(count);
        taken(count);
        return summed(piece);
    }

    /** From here on each byte that is taken is added to the sum. */
    void summedBy(Checksum by) {
        sum = by;
    }

    private ByteBuffer summed(ByteBuffer piece) {
        if (sum != null) {
            sum.update(piece.duplicate());
        }
        return piece;
    }

    /** What much of a body that comes quickly is read with; it goes back with {@link #release}. */
    private @Nullable ByteBuffer bulk() {
        if (ended || source.buffered() > 0 || left < BULK || !source.filled()) {
            return null;
        }
        if (lent == null) {
            lent = Bulk.take();
        }
        return lent;
    }

    /** Nothing more is read, and the last piece is not looked at any more. */
    void release() {
        if (lent != null) {
            Bulk.give(lent);
            lent = null;
        }
    }

    /** How many bytes of the body lie at the source's position; waits for the first; -1 at the end. */
    private int available() throws IOException {
        if (ended) {
            return -1;
        }
        if (left == 0 && framing instanceof Framing.Chunked && !nextChunk()) {
            return -1;
        }
        if (source.buffered() == 0 && source.fill() < 0) {
            end();
            return -1;
        }
        return (int) Math.min(left, source.buffered());
    }

    /** The stream has ended, which not every body may. */
    private void end() throws IOException {
        switch (framing) {
            case Framing.UntilClose _ -> ended = true;
            case Framing.UntilEnd end -> {
                trailers = end.trailers().get();
                ended = true;
            }
            case Framing.None _, Framing.Length _, Framing.Chunked _ ->
                throw new Malformed(status, "the connection ended within a body");
        }
    }

    private void taken(int count) throws Malformed {
        received += count;
        bound(received);
        if (framing instanceof Framing.UntilClose || framing instanceof Framing.UntilEnd) {
            return;
        }
        left -= count;
        if (left == 0 && framing instanceof Framing.Length) {
            ended = true;
        }
    }

    /** The whole body, or its first {@code limit} bytes if it is longer; then {@link #ended} is false. */
    byte[] read(int limit) throws IOException {
        if (framing instanceof Framing.None) {
            return new byte[0];
        }
        reading = limit;
        var bytes = new ByteArrayOutputStream(
                framing instanceof Framing.Length length ? (int) Math.min(length.bytes(), limit) : 1024);
        while (bytes.size() < limit) {
            int count = available();
            if (count < 0) {
                return bytes.toByteArray();
            }
            count = Math.min(count, limit - bytes.size());
            bytes.write(source.bytes(), source.position(), count);
            if (sum != null) {
                sum.update(source.bytes(), source.position(), count);
            }
            source.consume(count);
            taken(count);
        }
        if (framing instanceof Framing.Chunked && left == 0) {
            nextChunk(); // sees the last chunk, if it is the next
        }
        return bytes.toByteArray();
    }

    /** RFC 9112 section 7.1: size line, data, CRLF; extensions are read and dropped. False at the last chunk. */
    private boolean nextChunk() throws IOException {
        if (betweenChunks) {
            expect(Chars.CR);
            expect(Chars.LF);
        }
        betweenChunks = true;
        left = chunkSize();
        if (left > 0) {
            bound(received + left);
            return true;
        }
        readTrailers();
        ended = true;
        return false;
    }

    private long chunkSize() throws IOException {
        long size = 0;
        int digits = 0;
        byte next = take();
        for (int value = Chars.hex(next); value >= 0; value = Chars.hex(next)) {
            if (++digits > 15) {
                throw new Malformed(status, "a chunk size that is too long");
            }
            size = size * 16 + value;
            next = take();
        }
        if (digits == 0) {
            throw new Malformed(status, "a chunk without a size");
        }
        skipExtension(next);
        return size;
    }

    private void skipExtension(byte first) throws IOException {
        byte next = first;
        if (next != Chars.CR && next != ';') {
            throw new Malformed(status, "a chunk size that is not a number");
        }
        for (int length = 0; next != Chars.CR; length++) {
            if (length > CHUNK_LINE || !Chars.value(next)) {
                throw new Malformed(status, "a chunk extension that is too long or has a character not allowed in it");
            }
            next = take();
        }
        expect(Chars.LF);
    }

    private void readTrailers() throws IOException {
        var block = new ByteArrayOutputStream(2);
        int line = 0;
        byte last = 0;
        while (line != 2 || last != Chars.LF) {
            line = last == Chars.LF ? 1 : line + 1;
            byte next = take();
            if (next == Chars.LF && last != Chars.CR) {
                throw new Malformed(status, "a bare LF in the trailers");
            }
            block.write(next);
            if (block.size() > TRAILER_BYTES) {
                throw new Malformed(status == 502 ? 502 : 431, "trailers longer than allowed");
            }
            last = next;
        }
        if (block.size() > 2) {
            trailers = Headers.parse(block.toByteArray(), 0, TRAILER_FIELDS, status);
        }
    }

    private void expect(byte wanted) throws IOException {
        if (take() != wanted) {
            throw new Malformed(status, "a chunk that does not end where it says");
        }
    }

    private byte take() throws IOException {
        if (source.buffered() == 0 && source.fill() < 0) {
            throw new Malformed(status, "the connection ended within a body");
        }
        byte next = source.bytes()[source.position()];
        source.consume(1);
        return next;
    }
}
