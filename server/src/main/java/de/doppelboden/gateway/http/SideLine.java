package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A way to a side for one request and its answer: a connection of HTTP/1.1, or a stream of HTTP/2. Used by one thread at a time; any
 * thread may end it.
 */
interface SideLine {

    RequestSink sink();

    /** Where the body of the answer comes from. */
    ByteSource source();

    /** Bounds the wait for the side. */
    Deadline deadline();

    /** The next head of an answer, an interim one perhaps; null when the side has ended before its first byte. */
    @Nullable
    ResponseHead head(HttpLimits limits) throws IOException;

    /** Of the body behind this head of an answer to a request with this method. */
    Framing framing(ResponseHead head, String method) throws Malformed;

    /** Whether an earlier request was answered on the same connection: then a failure may only mean that it was stale. */
    boolean used();

    /** Whether the side has said that it did nothing with the request and will not (RFC 9113 section 8.7). */
    boolean untouched();

    /** Ends it at once; whoever waits for it sees that. Does not block. */
    void abort();

    /** Nothing of it is needed any more. */
    void close();
}
