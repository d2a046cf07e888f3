package de.doppelboden.gateway.http;

import java.io.IOException;

/** Writes bodies in chunks (RFC 9112 section 7.1). */
final class BodyWriter {

    private BodyWriter() {}

    static void chunk(ByteSink out, byte[] bytes, int from, int count) throws IOException {
        out.putHex(count);
        out.put(ByteSink.CRLF);
        out.put(bytes, from, count);
        out.put(ByteSink.CRLF);
    }

    /** The last chunk and the trailers that may be passed on. */
    static void end(ByteSink out, Headers trailers) throws IOException {
        out.put("0\r\n");
        var hop = new HopByHop(trailers);
        for (int i = 0; i < trailers.count(); i++) {
            if (!hop.forbiddenInTrailers(i)) {
                trailers.write(i, out);
            }
        }
        out.put(ByteSink.CRLF);
    }
}
