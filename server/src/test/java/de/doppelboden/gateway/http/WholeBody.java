package de.doppelboden.gateway.http;

import java.io.IOException;

/** A request's body, read to its end and thrown away. */
final class WholeBody {

    private WholeBody() {}

    /** How many bytes it has. */
    static long length(Exchange exchange) throws IOException {
        boolean whole = exchange.hold();
        long length = exchange.held().length;
        var body = exchange.body();
        for (var piece = whole ? null : body.next(); piece != null; piece = body.next()) {
            length += piece.remaining();
        }
        body.release();
        return length;
    }
}
