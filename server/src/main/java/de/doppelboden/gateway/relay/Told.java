package de.doppelboden.gateway.relay;

import de.doppelboden.cycle.Observation;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Reply;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Passes a good answer on and tells the judge how its side did. What the user does with it is no word on the side: she may read
 * slowly, or keep a stream of events open for a day.
 */
public final class Told implements Exchange.Passing {

    private final Observation seen;

    private Told(Observation seen) {
        this.seen = seen;
    }

    /**
     * @param more fields of our own
     * @param seen has its end when this returns
     * @param again another observation of the same, for a side that breaks an answer off which was counted already
     */
    public static Exchange.Relayed relay(
            Exchange exchange,
            Call.Responded answer,
            List<Reply.Field> more,
            Observation seen,
            Supplier<Observation> again)
            throws IOException {
        var relayed = exchange.relay(answer, more, new Told(seen));
        switch (relayed) {
            case WHOLE -> seen.answered();
            case USER_GONE -> seen.withdrawn();
            case SIDE_BROKE -> {
                if (!answer.endless()) {
                    (seen.over() ? again.get() : seen).failed();
                }
            }
        }
        return relayed;
    }

    @Override
    public void delivered() {
        seen.answered();
    }

    @Override
    public void held() {
        seen.withdrawn();
    }
}
