package de.doppelboden.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Buffered reading. Holds a small array while it waits for a message, a pooled one while a message is under way. */
final class ByteSource {

    /** A head of a browser's request, mostly, and little for a connection that is open for nothing. */
    static final int USER_BYTES = 512;

    /** Head and body of a short answer come with one read, and go on to the user with one write. */
    static final int SIDE_BYTES = 4 * 1024;

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
    ByteSource(Input input, Deadline deadline, int idleBytes) {
        this.input = input;
        this.deadline = deadline;
        this.small = new byte[idleBytes];
        this.bytes = small;
    }

    /** How fast a body must come: never longer than {@code idle} without a byte, and so many bytes a second on average. */
    private record Pace(long startNanos, long startTotal, long idleNanos, int rate) {

        long due(long now, long total) {
            long earned = (total - startTotal) * 1_000_000_000L / rate;
            return Math.min(now + idleNanos, startNanos + idleNanos + Math.max(earned, 0));
        }
    }

    /** From here on each read is bounded by this pace, until {@link #endPace}. */
    void pace(Duration idle, int bytesPerSecond) {
        pace = new Pace(deadline.now(), total, idle.toNanos(), bytesPerSecond);
    }

    void endPace() {
        pace = null;
        deadline.clear();
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int buffered() {
        return limit - position;
    }

    /** All bytes ever received. */
    long total() {
        return total;
    }

    void consume(int count) {
        position += count;
        if (position == limit) {
            position = 0;
            limit = 0;
        }
    }

    /** Waits for more bytes behind those already buffered; -1 at the end of the stream. */
    int fill() throws IOException {
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
    int read(ByteBuffer into) throws IOException {
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
    boolean filled() {
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
            bytes = Arrays.copyOf(bytes, bytes.length * 2); // a long head; its reader bounds it
        }
        limit -= position;
        position = 0;
    }

    /** Called when a body follows that has not come yet: reads in pieces of a pooled array from now on. */
    void widen() {
        if (bytes.length < Buffers.STOCK.size()) {
            byte[] larger = Buffers.STOCK.take();
            System.arraycopy(bytes, position, larger, 0, limit - position);
            bytes = larger;
            limit -= position;
            position = 0;
        }
    }

    /** Called when nothing is under way: gives the large array back. */
    void shrink() {
        if (bytes != small && buffered() == 0) {
            Buffers.STOCK.give(bytes);
            bytes = small;
        }
    }

    /**
     * The next head, its empty line included, on an array of its own; null when the stream ends before its first byte.
     *
     * @param status what the sender of a bad head is told: 400, or 502 for a side
     */
    byte @Nullable [] head(HttpLimits limits, int status) throws IOException {
        skipEmptyLine(status);
        int scanned = 0;
        int lineStart = 0;
        while (true) {
            while (scanned < buffered()) {
                if (bytes[position + scanned] == Chars.LF) {
                    if (scanned == 0 || bytes[position + scanned - 1] != Chars.CR) {
                        throw new Malformed(status, "a bare LF in the header");
                    }
                    if (scanned - lineStart == 1) {
                        byte[] head = Arrays.copyOfRange(bytes, position, position + scanned + 1);
                        consume(scanned + 1);
                        return head;
                    }
                    lineStart = scanned + 1;
                }
                scanned++;
                checkLimits(limits, scanned, lineStart, status);
            }
            if (fill() < 0) {
                if (scanned == 0) {
                    return null;
                }
                throw new Malformed(status, "the connection ended within a header");
            }
        }
    }

    private static void checkLimits(HttpLimits limits, int scanned, int lineStart, int status) throws Malformed {
        if (scanned - lineStart > limits.lineBytes()) {
            throw new Malformed(status == 502 ? 502 : lineStart == 0 ? 414 : 431, "a line longer than allowed");
        }
        if (scanned > limits.headBytes()) {
            throw new Malformed(status == 502 ? 502 : 431, "a header longer than allowed");
        }
    }

    /** RFC 9112 section 2.2: one empty line before a request is forgiven. */
    private void skipEmptyLine(int status) throws IOException {
        if (buffered() == 0 && fill() < 0) {
            return;
        }
        if (status == 400 && bytes[position] == Chars.CR) {
            while (buffered() < 2) {
                if (fill() < 0) {
                    return;
                }
            }
            if (bytes[position + 1] == Chars.LF) {
                consume(2);
                if (buffered() == 0) {
                    fill();
                }
            }
        }
    }
}
