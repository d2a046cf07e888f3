package de.doppelboden.gateway.http;

import de.doppelboden.gateway.wire.ByteSink;
import de.doppelboden.gateway.wire.ByteSource;
import de.doppelboden.gateway.wire.Deadline;
import de.doppelboden.gateway.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An upgraded connection (WebSocket): bytes both ways until one end closes or nothing moves for long. */
public final class Tunnel {

    private Tunnel() {}

    /** The protocol that a user asks to change to, if it is one that we let through; h2c is an old way to smuggle. */
    static @Nullable String wanted(RequestHead request) {
        boolean asks = request.method().equals("GET")
                && !request.http10()
                && request.headers().has("upgrade")
                && request.headers().lists("connection", "upgrade");
        return asks && request.headers().lists("upgrade", "websocket") ? "websocket" : null;
    }

    /** Tells the user that her side has agreed, and passes bytes until the end. */
    public static void run(Exchange exchange, Call call, Call.Upgraded answer) throws IOException {
        var user = exchange.http1();
        var side = call.upgraded();
        exchange.becameTunnel();
        var sink = user.sink();
        sink.status(101, false, false);
        ReplyWriter.copy(sink, answer.head(), false, List.of());
        sink.field("Connection", "Upgrade");
        sink.field("Upgrade", "websocket");
        sink.bodyFollows(Framing.NONE);
        sink.flush();
        try (var idle = user.connection().deadlines().watch(() -> {
            side.wire().close();
            user.wire().close();
        })) {
            Duration patience = user.limits().tunnelTime();
            var up = Thread.ofVirtual()
                    .name("tunnel")
                    .start(() -> pump(user.source(), side.bytes(), idle, patience, side.wire()));
            pump(side.source(), user.bytes(), idle, patience, user.wire());
            await(up);
        }
    }

    private static void await(Thread other) {
        try {
            other.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param idle bounds the time without a byte in either direction */
    private static void pump(ByteSource from, ByteSink to, Deadline idle, Duration patience, Wire target) {
        try {
            from.widen();
            while (true) {
                idle.within(patience);
                if (from.buffered() == 0 && from.fill() < 0) {
                    target.endOutput();
                    return;
                }
                to.put(from.bytes(), from.position(), from.buffered());
                to.flush();
                from.consume(from.buffered());
            }
        } catch (IOException ended) {
            target.close();
        }
    }
}
