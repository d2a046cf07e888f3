package de.doppelboden.identity;

import java.time.Instant;
import java.util.List;

/**
 * What the gateway vouches for when it hands a request to a page of the standby: which service, on which epoch, for
 * whom. Travels signed in the header {@value #HEADER}; see {@link IdentitySignature}.
 *
 * @param login empty while nobody is logged in
 * @param session the gateway's opaque id of the session, also before log-in
 * @param slice what an exercise or a return selects by
 * @param lagText the age of the standby's data as the page shows it, "Stand 11:02:41"
 */
public record GatewayIdentity(
        String service,
        long epoch,
        String state,
        String login,
        String name,
        String office,
        List<String> roles,
        List<String> rights,
        String session,
        String slice,
        Instant issued,
        String lagText) {

    /** The header that carries the signed identity; a gateway strips it from whatever a user sends. */
    public static final String HEADER = "Doppelboden-Identity";

    public GatewayIdentity {
        roles = List.copyOf(roles);
        rights = List.copyOf(rights);
    }

    public boolean anonymous() {
        return login.isEmpty();
    }

    public boolean may(String right) {
        return rights.contains(right);
    }
}
