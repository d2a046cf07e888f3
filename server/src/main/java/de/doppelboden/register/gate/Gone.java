package de.doppelboden.register.gate;

import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;

/** The gate's own plain pages, for when no side can answer: what has happened, what still works, what to do. */
final class Gone {

    private static final String RETRY_SECONDS = "10";

    private Gone() {}

    /** Neither side answers. */
    static Reply bothSides(RequestHead request) {
        return Refusals.explained(request, 503, "gate.gone").with("Retry-After", RETRY_SECONDS);
    }

    /** A form was sent and not answered, and our page for it cannot be shown either. */
    static Reply outcomeUnknown(RequestHead request) {
        return Refusals.explained(request, 504, "gate.unknown");
    }

    /** A form was sent after users had been moved, and our page cannot take it: it was not carried out anywhere. */
    static Reply notTaken(RequestHead request) {
        return Refusals.explained(request, 503, "gate.untaken").with("Retry-After", RETRY_SECONDS);
    }

    /** A write that must wait for the change of sides has waited long enough. */
    static Reply held(RequestHead request) {
        return Refusals.explained(request, 503, "gate.held").with("Retry-After", RETRY_SECONDS);
    }

    /** A program asked without a token that is known. */
    static Reply unauthorized() {
        return Reply.json(
                        401,
                        "{\"type\":\"about:blank\",\"status\":401,\"title\":\"Unauthorized\","
                                + "\"detail\":\"a bearer token is needed\"}")
                .with("WWW-Authenticate", "Bearer");
    }
}
