package de.doppelboden.webapp.gate;

import de.doppelboden.continuity.Operation;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.RequestHead;
import de.doppelboden.gateway.http.SideRequest;

/**
 * One request of a user on its way to a side.
 *
 * @param whole its body is held, so that it can be sent to a second side
 * @param begin when it came, on the monotonic clock
 */
record Errand(Exchange exchange, Kind kind, Session session, boolean whole, long begin) {

    Operation operation() {
        return kind.operation();
    }

    RequestHead request() {
        return exchange.request();
    }

    /** It may be sent to a second side, though the first may have carried it out. */
    boolean repeatable() {
        return whole && (kind.read() || kind.idempotent() || request().headers().has("idempotency-key"));
    }

    /** It may be asked of both sides at once. */
    boolean hedgeable() {
        return whole
                && !session.bound()
                && operation().hedgeable()
                && !request().headers().has("upgrade");
    }

    /** A write that may be sent to either side: nothing of its session is known to one only. */
    boolean either() {
        return !session.bound() && operation().either() && !request().headers().has("upgrade");
    }

    /** When an answer is late, on the monotonic clock. */
    long late() {
        return begin + operation().budget().toNanos();
    }

    SideRequest forSide() {
        return forSide(false);
    }

    /** @param plain the answer must not be packed; nor where its text is looked at */
    SideRequest forSide(boolean plain) {
        var request = withoutOurCookie(SideRequest.of(exchange));
        return plain || kind.success().looksAtText() ? request.without("accept-encoding") : request;
    }

    private SideRequest withoutOurCookie(SideRequest asked) {
        if (session.cookies().isEmpty()) {
            return asked;
        }
        String others = session.cookies().get();
        var plain = asked.without("cookie");
        return others.isEmpty() ? plain : plain.with("Cookie", others);
    }
}
