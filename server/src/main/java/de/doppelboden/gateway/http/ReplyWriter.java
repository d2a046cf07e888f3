package de.doppelboden.gateway.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes replies whole, and the fields of what is passed on. */
final class ReplyWriter {

    private static final String NAME =
            " doppelboden"; // a constant expression with each version: nothing is made for a request

    private ReplyWriter() {}

    /** @param head whether only the head was asked for */
    static void write(AnswerSink out, Reply reply, boolean head, boolean http10, boolean closes) throws IOException {
        out.status(reply.status(), http10, closes);
        out.field("Content-Type", reply.contentType());
        out.field("Cache-Control", "no-store");
        fields(out, reply.fields());
        int length = reply.body().length;
        if (head) {
            out.field("Content-Length", Integer.toString(length));
            out.bodyFollows(Framing.NONE);
        } else {
            out.bodyFollows(new Framing.Length(length));
            out.body(ByteBuffer.wrap(reply.body()));
        }
        out.end(Headers.NONE);
        out.flush();
    }

    static void fields(MessageSink out, List<Reply.Field> fields) throws IOException {
        for (var field : fields) {
            out.field(field.name(), field.value());
        }
    }

    /** Who passes a message on (RFC 9110 section 7.6.3). */
    static String via(String received) {
        return switch (received) {
            case "2.0" -> "2.0" + NAME;
            case "1.0" -> "1.0" + NAME;
            default -> "1.1" + NAME;
        };
    }

    /** Copies a side's fields, but those that speak of its own connection and those whose names begin as {@code withheld}. */
    static void copy(MessageSink out, ResponseHead head, boolean keepLength, List<String> withheld) throws IOException {
        var headers = head.headers();
        var hop = new HopByHop(headers);
        for (int i = 0; i < headers.count(); i++) {
            boolean passes = !hop.is(i) || (keepLength && headers.named(i, "content-length"));
            if (passes && (withheld.isEmpty() || !startsWithOne(headers, i, withheld))) {
                out.field(headers, i);
            }
        }
        out.field("Via", via(head.received()));
    }

    private static boolean startsWithOne(Headers headers, int i, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (headers.startsWith(i, prefix)) {
                return true;
            }
        }
        return false;
    }
}
