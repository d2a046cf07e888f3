package de.doppelboden.register.gate;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.relay.Mirrors;
import de.doppelboden.register.RegisterOperations;
import java.util.Map;
import java.util.Optional;

/**
 * While the primary must prove itself, sends it the searches that the standby answers. Pages are those of different programs, so
 * a search on a page is mirrored as the same search of the interface.
 */
final class MirroredSearches {

    private final Parts parts;
    private final Mirrors mirrors = new Mirrors();

    MirroredSearches(Parts parts) {
        this.parts = parts;
    }

    /** @param fields of the search, by our names */
    void search(Map<String, String> fields, Optional<ClerkSession> session, String slice) {
        if (parts.search().isEmpty() || session.isEmpty() || !parts.cycle().mirrors(operation(), slice)) {
            return;
        }
        send(parts.search().get().search(fields, session.get().clerk().login()));
    }

    /** A search of the interface itself. */
    void request(SideRequest request, String slice) {
        if (parts.cycle().mirrors(operation(), slice)) {
            send(request);
        }
    }

    private void send(SideRequest request) {
        mirrors.send(
                parts.primary(),
                request,
                parts.cycle().observe(operation(), Side.PRIMARY, Source.MIRROR),
                answer -> answer.head().status() < 500);
    }

    private Operation operation() {
        return parts.cycle().service().operation(RegisterOperations.API_SEARCH);
    }
}
