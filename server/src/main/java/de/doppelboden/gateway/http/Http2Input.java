package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Input;
import de.doppelboden.gateway.wire.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The body that comes on one stream; the peer's window bounds what waits here. One thread reads, any puts. */
final class Http2Input implements Input {

    /** What comes in pieces smaller than this, and waits, is put together: a peer may send its window byte by byte. */
    private static final int SMALL = 1024;

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private final IntConsumer taken;
    private boolean ended;
    private @Nullable String broken;
    private Headers trailers = Headers.NONE;

    /** Bytes that wait, and room behind them perhaps. */
    private static final class Piece {
        private final byte[] bytes;
        private int from;
        private int to;

        Piece(byte[] bytes, int to) {
            this.bytes = bytes;
            this.to = to;
        }

        boolean add(byte[] more) {
            if (bytes.length - to < more.length) {
                return false;
            }
            System.arraycopy(more, 0, bytes, to, more.length);
            to += more.length;
            return true;
        }
    }

    /** @param taken gets how many bytes have been read, so that the peer may send as many more */
    Http2Input(IntConsumer taken) {
        this.taken = taken;
    }

    synchronized void put(byte[] piece) {
        if (piece.length > 0 && !ended) {
            add(piece);
            notifyAll();
        }
    }

    private void add(byte[] piece) {
        var last = pieces.peekLast();
        if (last == null || piece.length >= SMALL) {
            pieces.add(new Piece(piece, piece.length));
        } else if (!last.add(piece)) {
            pieces.add(new Piece(Arrays.copyOf(piece, SMALL), piece.length));
        }
        if (last != null) {
            Memory.OF_USERS.taken(piece.length);
        }
    }

    /** Bytes of memory that wait, about. */
    synchronized long waiting() {
        return (long) pieces.size() * SMALL;
    }

    /** How many pieces wait. */
    synchronized int pieces() {
        return pieces.size();
    }

    /** The body is whole. */
    synchronized void end(Headers last) {
        trailers = last;
        ended = true;
        notifyAll();
    }

    /** Nothing more comes; unless the body was whole, its reader is told why. */
    synchronized void fail(String why) {
        if (!ended && broken == null) {
            broken = why;
            notifyAll();
        }
    }

    /** Of a body that was read to its end. */
    synchronized Headers trailers() {
        return trailers;
    }

    /** Whether the peer has said that this is all. */
    synchronized boolean isEnded() {
        return ended;
    }

    /** Whether nothing waits and nothing more comes. */
    synchronized boolean isEmpty() {
        return ended && pieces.isEmpty();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = take(into);
        if (count > 0) {
            taken.accept(count);
        }
        return count;
    }

    private synchronized int take(ByteBuffer into) throws IOException {
        while (pieces.isEmpty()) {
            if (ended) {
                return -1;
            }
            if (broken != null) {
                throw new IOException(broken);
            }
            try {
                wait();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("stopped", stopped);
            }
        }
        int count = 0;
        while (into.hasRemaining() && !pieces.isEmpty()) {
            var piece = pieces.getFirst();
            int some = Math.min(into.remaining(), piece.to - piece.from);
            into.put(piece.bytes, piece.from, some);
            count += some;
            piece.from += some;
            if (piece.from == piece.to) {
                pieces.removeFirst();
            }
        }
        return count;
    }
}
