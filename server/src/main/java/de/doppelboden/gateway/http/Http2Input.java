package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The body that comes on one stream; the peer's window bounds what waits here. One thread reads, any puts. */
final class Http2Input implements Input {

    private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();
    private final IntConsumer taken;
    private int position;
    private boolean ended;
    private @Nullable String broken;
    private Headers trailers = Headers.NONE;

    /** @param taken gets how many bytes have been read, so that the peer may send as many more */
    Http2Input(IntConsumer taken) {
        this.taken = taken;
    }

    synchronized void put(byte[] piece) {
        if (piece.length > 0 && !ended) {
            pieces.add(piece);
            notifyAll();
        }
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
            byte[] piece = pieces.getFirst();
            int some = Math.min(into.remaining(), piece.length - position);
            into.put(piece, position, some);
            count += some;
            position += some;
            if (position == piece.length) {
                pieces.removeFirst();
                position = 0;
            }
        }
        return count;
    }
}
