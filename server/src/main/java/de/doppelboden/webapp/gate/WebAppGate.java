package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Time;
import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Handler;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The users' address of a web application: finds out what is asked, and has it answered. Any thread. */
final class WebAppGate implements Handler {

    private final Sessions sessions;
    private final Kinds kinds;
    private final Asking asking;
    private final Time time;

    WebAppGate(Sessions sessions, Kinds kinds, Asking asking, Time time) {
        this.sessions = sessions;
        this.kinds = kinds;
        this.asking = asking;
        this.time = time;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        long begin = time.nanos();
        boolean whole = exchange.hold();
        var request = exchange.request();
        if (request.endsHere()) {
            exchange.reply(Reply.of(200, "text/plain; charset=utf-8", ""));
            return;
        }
        asking.serve(
                new Errand(exchange, kinds.of(request.method(), request.path()), sessions.of(exchange), whole, begin));
    }

    @Override
    public Reply refusal(int status, String detail, @Nullable RequestHead head) {
        return Refusals.of(status, detail, head);
    }
}
