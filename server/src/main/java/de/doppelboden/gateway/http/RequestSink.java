package de.doppelboden.gateway.http;

import java.io.IOException;

/** Where a side gets its requests. */
interface RequestSink extends MessageSink {

    /** Begins a request. */
    void request(String method, String target, String host) throws IOException;

    /** The answer may have trailers (RFC 9110 section 10.1.4). */
    void takesTrailers() throws IOException;

    /** All of the request has been put: sends what is left, and holds no memory while its answer is awaited. */
    void sent() throws IOException;
}
