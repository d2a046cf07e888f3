package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds where a head ends (RFC 9112 section 2): at its first empty line, each line ending with CR and LF. */
final class Heads {

    private Heads() {}

    /**
     * The next head, its empty line included, on an array of its own; null when the stream ends before its first byte.
     *
     * @param status what the sender of a bad head is told: 400, or 502 for a side
     */
    static byte @Nullable [] next(ByteSource from, HttpLimits limits, int status) throws IOException {
        skipEmptyLine(from, status);
        int scanned = 0;
        int lineStart = 0;
        while (true) {
            byte[] bytes = from.bytes();
            int start = from.position();
            int here = from.buffered();
            for (; scanned < here; scanned++) {
                if (bytes[start + scanned] != Chars.LF) {
                    continue;
                }
                check(limits, scanned, lineStart, status);
                if (scanned == 0 || bytes[start + scanned - 1] != Chars.CR) {
                    throw new Malformed(status, "a bare LF in the header");
                }
                if (scanned - lineStart == 1) {
                    byte[] head = Arrays.copyOfRange(bytes, start, start + scanned + 1);
                    from.consume(head.length);
                    return head;
                }
                lineStart = scanned + 1;
            }
            check(limits, scanned, lineStart, status);
            if (from.fill() < 0) {
                if (scanned == 0) {
                    return null;
                }
                throw new Malformed(status, "the connection ended within a header");
            }
        }
    }

    private static void check(HttpLimits limits, int scanned, int lineStart, int status) throws Malformed {
        if (scanned - lineStart > limits.lineBytes()) {
            throw new Malformed(status == 502 ? 502 : lineStart == 0 ? 414 : 431, "a line longer than allowed");
        }
        if (scanned > limits.headBytes()) {
            throw new Malformed(status == 502 ? 502 : 431, "a header longer than allowed");
        }
    }

    /** RFC 9112 section 2.2: one empty line before a request is forgiven. */
    private static void skipEmptyLine(ByteSource from, int status) throws IOException {
        if (from.buffered() == 0 && from.fill() < 0) {
            return;
        }
        if (status != 400 || from.bytes()[from.position()] != Chars.CR) {
            return;
        }
        while (from.buffered() < 2) {
            if (from.fill() < 0) {
                return;
            }
        }
        if (from.bytes()[from.position() + 1] == Chars.LF) {
            from.consume(2);
            if (from.buffered() == 0) {
                from.fill();
            }
        }
    }
}
