package de.doppelboden.gateway.http;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passes each request to one side and its answer back: the proxy without judge and switch. Any thread. */
public final class PassThrough implements Handler {

    /** Makes the page for a request that cannot be answered otherwise. */
    public interface Refusal {
        Reply of(int status, String detail, @Nullable RequestHead head);
    }

    private final SidePool side;
    private final Refusal refusal;

    public PassThrough(SidePool side, Refusal refusal) {
        this.side = side;
        this.refusal = refusal;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
        exchange.hold();
        try (var call = new Call(side)) {
            exchange.whenGone(call::withdraw);
            switch (call.send(SideRequest.of(exchange), exchange)) {
                case Call.Responded answer -> exchange.relay(answer, List.of());
                case Call.Upgraded answer -> Tunnel.run(exchange, call, answer);
                case Call.Unreachable gone -> exchange.refuse(503, gone.reason());
                case Call.Broken broken -> exchange.refuse(502, broken.reason());
                case Call.Overdue overdue -> exchange.refuse(504, "no answer in time");
                case Call.Withdrawn withdrawn -> exchange.refuse(503, "withdrawn");
            }
        }
    }

    @Override
    public Reply refusal(int status, String detail, @Nullable RequestHead head) {
        return refusal.of(status, detail, head);
    }
}
