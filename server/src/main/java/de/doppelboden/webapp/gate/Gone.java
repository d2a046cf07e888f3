package de.doppelboden.webapp.gate;

import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.util.List;

/** Why a request is not answered by a side. Users are told so by a page for people, problem+json for programs. */
enum Gone {
    /** Neither side answers. */
    NEITHER_SIDE(503, "webapp.gone"),
    /** A write was sent and not answered: it may have been carried out, and is not sent again. */
    OUTCOME_UNKNOWN(504, "webapp.unknown"),
    /** A write where only the standby serves, whose data are its own: it was not carried out. */
    READ_ONLY(503, "webapp.readonly"),
    /** A write has waited long enough for the change of sides: it was not carried out. */
    HELD(503, "webapp.held");

    private static final String RETRY_SECONDS = "10";

    private final int status;
    private final String texts;

    Gone(int status, String texts) {
        this.status = status;
        this.texts = texts;
    }

    Reply reply(RequestHead request) {
        return reply(request, List.of());
    }

    /** @param readable what can be read all the same */
    Reply reply(RequestHead request, List<Refusals.Link> readable) {
        var reply = Refusals.explained(request, status, texts, readable);
        return status == 503 ? reply.with("Retry-After", RETRY_SECONDS) : reply;
    }

    /** What can be read all the same, as a list for a page; empty if there is nothing. */
    String list(List<Refusals.Link> readable) {
        return Refusals.list(texts, readable);
    }
}
