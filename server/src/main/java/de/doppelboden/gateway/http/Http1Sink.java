package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes messages as HTTP/1.1 (RFC 9112). */
final class Http1Sink implements AnswerSink, RequestSink {

    private static final byte[] CLOSE = ascii("Connection: close\r\n\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n\r\n");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");

    private static final byte[] TAKES_TRAILERS = ascii("TE: trailers\r\nConnection: TE\r\n");

    private final ByteSink out;
    private byte[] headEnd = ByteSink.CRLF;
    private boolean chunked;

    Http1Sink(ByteSink out) {
        this.out = out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void proceed() throws IOException {
        out.put("HTTP/1.1 100 Continue\r\n\r\n");
        out.flush();
    }

    @Override
    public void interim(int status, Headers fields) throws IOException {
        status(status, false, false);
        var hop = new HopByHop(fields);
        for (int i = 0; i < fields.count(); i++) {
            if (!hop.is(i)) {
                field(fields, i);
            }
        }
        out.put(ByteSink.CRLF);
        out.flush();
    }

    @Override
    public void status(int status, boolean http10, boolean closes) throws IOException {
        headEnd = closes ? CLOSE : http10 ? KEEP_ALIVE : ByteSink.CRLF;
        out.put("HTTP/1.1 ");
        out.put(Integer.toString(status));
        out.put(" ");
        out.put(Reason.of(status));
        out.put(ByteSink.CRLF);
    }

    @Override
    public void request(String method, String target, String host) throws IOException {
        out.put(method);
        out.put(" ");
        out.put(target);
        out.put(" HTTP/1.1\r\nHost: ");
        out.put(host);
        out.put(ByteSink.CRLF);
    }

    @Override
    public void field(Headers from, int i) throws IOException {
        from.write(i, out);
    }

    @Override
    public void field(String name, String value) throws IOException {
        out.put(name);
        out.put(": ");
        out.put(value);
        out.put(ByteSink.CRLF);
    }

    @Override
    public void bodyFollows(Framing framing) throws IOException {
        chunked = framing instanceof Framing.Chunked;
        if (chunked) {
            out.put(CHUNKED);
        } else if (framing instanceof Framing.Length length) {
            field("Content-Length", Long.toString(length.bytes()));
        }
        out.put(headEnd);
    }

    /** In chunks, if so announced (RFC 9112 section 7.1). */
    @Override
    public void body(ByteBuffer piece) throws IOException {
        if (!piece.hasRemaining()) {
            return;
        }
        if (chunked) {
            out.putHex(piece.remaining());
            out.put(ByteSink.CRLF);
            out.put(piece);
            out.put(ByteSink.CRLF);
        } else {
            out.put(piece);
        }
    }

    @Override
    public void end(Headers trailers) throws IOException {
        if (!chunked) {
            return;
        }
        out.put("0\r\n");
        var hop = new HopByHop(trailers);
        for (int i = 0; i < trailers.count(); i++) {
            if (!hop.forbiddenInTrailers(i)) {
                trailers.write(i, out);
            }
        }
        out.put(ByteSink.CRLF);
    }

    @Override
    public void takesTrailers() throws IOException {
        out.put(TAKES_TRAILERS);
    }

    @Override
    public void sent() throws IOException {
        out.flush();
        out.release();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
