package de.doppelboden.register.gate;

import de.doppelboden.console.Texts;
import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;

/** The gate's own plain pages, for when no side can answer: what has happened, what still works, what to do. */
final class Gone {

    private static final String RETRY_SECONDS = "10";

    private Gone() {}

    /** Neither side answers. */
    static Reply bothSides(RequestHead request) {
        return page(request, 503, "gate.gone").with("Retry-After", RETRY_SECONDS);
    }

    /** A form was sent and not answered, and our page for it cannot be shown either. */
    static Reply outcomeUnknown(RequestHead request) {
        return page(request, 504, "gate.unknown");
    }

    /** A form was sent after users had been moved, and our page cannot take it: it was not carried out anywhere. */
    static Reply notTaken(RequestHead request) {
        return page(request, 503, "gate.untaken").with("Retry-After", RETRY_SECONDS);
    }

    /** A write that must wait for the change of sides has waited long enough. */
    static Reply held(RequestHead request) {
        return page(request, 503, "gate.held").with("Retry-After", RETRY_SECONDS);
    }

    /** A program asked without a token that is known. */
    static Reply unauthorized() {
        return Reply.json(
                        401,
                        "{\"type\":\"about:blank\",\"status\":401,\"title\":\"Unauthorized\","
                                + "\"detail\":\"a bearer token is needed\"}")
                .with("WWW-Authenticate", "Bearer");
    }

    private static Reply page(RequestHead request, int status, String key) {
        if (!request.headers().lists("accept", "text/html")) {
            return Refusals.problem(status, Texts.t(key + ".title"), Texts.t(key + ".what"));
        }
        return Reply.html(
                status,
                Refusals.page(
                        Texts.t(key + ".title"),
                        Texts.t(key + ".what"),
                        Texts.t(key + ".still"),
                        Texts.t(key + ".do")));
    }
}
