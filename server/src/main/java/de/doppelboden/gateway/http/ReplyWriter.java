package de.doppelboden.gateway.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the heads of answers to users, and replies whole. */
final class ReplyWriter {

    private static final byte[] VIA = "Via: 1.1 doppelboden\r\n".getBytes(StandardCharsets.US_ASCII);

    private ReplyWriter() {}

    static void write(ByteSink out, Reply reply, boolean head, boolean http10, boolean closes) throws IOException {
        status(out, reply.status());
        out.put("Content-Type: ");
        out.put(reply.contentType());
        out.put("\r\nCache-Control: no-store\r\n");
        fields(out, reply.fields());
        length(out, reply.body().length);
        connection(out, http10, closes);
        if (!head) {
            out.put(reply.body());
        }
    }

    static void status(ByteSink out, int status) throws IOException {
        out.put("HTTP/1.1 ");
        out.put(Integer.toString(status));
        out.put(" ");
        out.put(Reason.of(status));
        out.put(ByteSink.CRLF);
    }

    static void fields(ByteSink out, Iterable<Reply.Field> fields) throws IOException {
        for (var field : fields) {
            out.put(field.name());
            out.put(": ");
            out.put(field.value());
            out.put(ByteSink.CRLF);
        }
    }

    static void length(ByteSink out, long length) throws IOException {
        out.put("Content-Length: ");
        out.put(Long.toString(length));
        out.put(ByteSink.CRLF);
    }

    /** Copies a side's fields, but those that speak of its own connection and those whose names begin as {@code withheld}. */
    static void copy(ByteSink out, Headers headers, boolean keepLength, List<String> withheld) throws IOException {
        var hop = new HopByHop(headers);
        for (int i = 0; i < headers.count(); i++) {
            boolean passes = !hop.is(i) || (keepLength && headers.named(i, "content-length"));
            if (passes && (withheld.isEmpty() || !startsWithOne(headers, i, withheld))) {
                headers.write(i, out);
            }
        }
        out.put(VIA);
    }

    private static boolean startsWithOne(Headers headers, int i, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (headers.startsWith(i, prefix)) {
                return true;
            }
        }
        return false;
    }

    /** The field that says whether the connection stays, and the empty line. */
    static void connection(ByteSink out, boolean http10, boolean closes) throws IOException {
        if (closes) {
            out.put("Connection: close\r\n");
        } else if (http10) {
            out.put("Connection: keep-alive\r\n");
        }
        out.put(ByteSink.CRLF);
    }
}
