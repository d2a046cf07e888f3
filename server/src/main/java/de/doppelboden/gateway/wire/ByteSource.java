package de.doppelboden.gateway.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Buffered reading. Holds a small array while it waits for a message, a pooled one while a message is under way. */
public final class ByteSource {

    /** A head of a browser's request, mostly, and little for a connection that is open for nothing. */
    public static final int USER_BYTES = 512;

    /** Head and body of a short answer come with one read, and go on to the user with one write. */
    public static final int SIDE_BYTES = 4 * 1024;

    private final Input input;
    private final Deadline deadline;
    private final byte[] small;
    private byte[] bytes;
    private int position;
    private int limit;
    private boolean filled;
    private long total;
    private @Nullable Pace pace;

    /** @param idleBytes what it holds while it waits for a message */
    public ByteSource(Input input, Deadline deadline, int idleBytes) {
        this.input = input;
        this.deadline = deadline;
        this.small = new byte[idleBytes];
        this.bytes = small;
    }

    /** How fast a body must come: never longer than {@code idle} without a byte, and so many bytes a second on average, or 0. */
    private record Pace(long startNanos, long startTotal, long idleNanos, int rate) {

        long due(long now, long total) {
            if (rate == 0) {
                return now + idleNanos;
            }
            long earned = (total - startTotal) * 1_000_000_000L / rate;
            return Math.min(now + idleNanos, startNanos + idleNanos + Math.max(earned, 0));
        }
    }

    /** From here on each read is bounded by this pace, until {@link #endPace}. */
    public void pace(Duration idle, int bytesPerSecond) {
        pace = new Pace(deadline.now(), total, idle.toNanos(), bytesPerSecond);
    }

    /** The same without an average. */
    public void pace(Duration idle) {
        pace(idle, 0);
    }

    public void endPace() {
        pace = null;
        deadline.clear();
    }

    /** Bytes of memory that it takes up. */
    public int size() {
        return bytes.length;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int position() {
        return position;
    }

    public int buffered() {
        return limit - position;
    }

    public void consume(int count) {
        position += count;
        if (position == limit) {
            position = 0;
            limit = 0;
        }
    }

    /** Waits for more bytes behind those already buffered; -1 at the end of the stream. */
    public int fill() throws IOException {
        if (limit == bytes.length) {
            makeRoom();
        }
        int count = read(ByteBuffer.wrap(bytes, limit, bytes.length - limit));
        if (count > 0) {
            limit += count;
        }
        return count;
    }

    /** Waits for bytes and puts them there, past the array; only while nothing is {@link #buffered}. -1 at the end. */
    public int read(ByteBuffer into) throws IOException {
        if (pace != null) {
            deadline.until(pace.due(deadline.now(), total));
        }
        int count = input.read(into);
        if (count > 0) {
            total += count;
        }
        filled = !into.hasRemaining();
        return count;
    }

    /** Whether the last read brought as much as it had room for: more waits, probably. */
    public boolean filled() {
        return filled;
    }

    private void makeRoom() {
        if (bytes.length < Buffers.STOCK.size()) {
            byte[] larger = Buffers.STOCK.take();
            System.arraycopy(bytes, position, larger, 0, limit - position);
            bytes = larger;
        } else if (position > 0) {
            System.arraycopy(bytes, position, bytes, 0, limit - position);
        } else {
            Memory.OF_USERS.taken(bytes.length);
            bytes = Arrays.copyOf(bytes, bytes.length * 2); // a long head; its reader bounds it
        }
        limit -= position;
        position = 0;
    }

    /** Called when a body follows that has not come yet: reads in pieces of a pooled array from now on. */
    public void widen() {
        if (bytes.length < Buffers.STOCK.size()) {
            byte[] larger = Buffers.STOCK.take();
            System.arraycopy(bytes, position, larger, 0, limit - position);
            bytes = larger;
            limit -= position;
            position = 0;
        }
    }

    /** Called when nothing is under way: gives the large array back. */
    public void shrink() {
        if (bytes != small && buffered() == 0) {
            Buffers.STOCK.give(bytes);
            bytes = small;
        }
    }
}
