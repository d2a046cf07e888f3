package de.doppelboden.gateway.http;

import java.util.function.Supplier;

/** How long the body of a message is (RFC 9112 section 6.3). Where two readers could differ, the message is refused. */
sealed interface Framing {

    /** No body. */
    record None() implements Framing {}

    /** Exactly so many bytes. */
    record Length(long bytes) implements Framing {}

    /** In chunks, with trailers. */
    record Chunked() implements Framing {}

    /**
     * Until the peer ends the stream (RFC 9113 section 8.1).
     *
     * @param trailers asked for at the end
     */
    record UntilEnd(Supplier<Headers> trailers) implements Framing {}

    /** Until the side closes the connection; answers only. */
    record UntilClose() implements Framing {}

    /** How a body goes on to somebody else, who may speak another version of HTTP. */
    default Framing passedOn() {
        return this instanceof UntilEnd ? CHUNKED : this;
    }

    Framing NONE = new None();
    Framing CHUNKED = new Chunked();
    Framing UNTIL_CLOSE = new UntilClose();

    static Framing of(RequestHead request) throws Malformed {
        var headers = request.headers();
        int encodings = headers.occurrences("transfer-encoding");
        int lengths = headers.occurrences("content-length");
        if (encodings > 0) {
            if (lengths > 0 || encodings > 1 || request.http10()) {
                throw new Malformed(400, "a body whose length is stated in two ways");
            }
            if (!headers.value(headers.indexOf("transfer-encoding", 0)).equalsIgnoreCase("chunked")) {
                throw new Malformed(501, "a transfer encoding other than chunked");
            }
            return CHUNKED;
        }
        if (lengths > 1) {
            throw new Malformed(400, "more than one Content-Length");
        }
        if (lengths == 0) {
            return NONE;
        }
        long length = length(headers.value(headers.indexOf("content-length", 0)), 400);
        return length == 0 ? NONE : new Length(length);
    }

    /** Framing of a side's answer to a request with this method. */
    static Framing of(ResponseHead answer, String method) throws Malformed {
        int status = answer.status();
        if (method.equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return NONE;
        }
        var headers = answer.headers();
        if (headers.has("transfer-encoding")) {
            boolean chunked = headers.occurrences("transfer-encoding") == 1
                    && headers.value(headers.indexOf("transfer-encoding", 0)).equalsIgnoreCase("chunked");
            if (!chunked) {
                throw new Malformed(502, "the side's answer has a transfer encoding other than chunked");
            }
            return CHUNKED;
        }
        var lengths = headers.all("content-length");
        if (lengths.isEmpty()) {
            return UNTIL_CLOSE;
        }
        if (lengths.size() > 1 && lengths.stream().distinct().count() > 1) {
            throw new Malformed(502, "the side's answer has more than one Content-Length");
        }
        long length = length(lengths.getFirst(), 502);
        return length == 0 ? NONE : new Length(length);
    }

    private static long length(String digits, int status) throws Malformed {
        if (digits.isEmpty() || digits.length() > 18) {
            throw new Malformed(status, "a Content-Length that is not a number");
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                throw new Malformed(status, "a Content-Length that is not a number");
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
