package de.doppelboden.webapp.gate;

import de.doppelboden.gateway.Refusals;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.gateway.http.RequestHead;
import java.util.List;

/** What users are told when their request cannot be answered by a side: pages for people, problem+json for programs. */
final class Gone {

    private static final String RETRY_SECONDS = "10";

    private Gone() {}

    /**
     * Neither side answers.
     *
     * @param readable what can be read all the same
     */
    static Reply bothSides(RequestHead request, List<Refusals.Link> readable) {
        return retried(Refusals.explained(request, 503, "webapp.gone", readable));
    }

    /** A write was sent and not answered: it may have been carried out, and is not sent again. */
    static Reply outcomeUnknown(RequestHead request) {
        return Refusals.explained(request, 504, "webapp.unknown");
    }

    /** A write where only the standby serves, whose data are its own: it was not carried out. */
    static Reply readOnly(RequestHead request) {
        return retried(Refusals.explained(request, 503, "webapp.readonly"));
    }

    /** A write has waited long enough for the change of sides: it was not carried out. */
    static Reply held(RequestHead request) {
        return retried(Refusals.explained(request, 503, "webapp.held"));
    }

    private static Reply retried(Reply reply) {
        return reply.with("Retry-After", RETRY_SECONDS);
    }
}
