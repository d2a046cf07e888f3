package de.doppelboden.register.gate;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.register.RegisterOperations;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While the primary must prove itself, sends it the searches that the standby answers, and throws its answers away. Pages are
 * those of different programs, so a search on a page is mirrored as the same search of the interface.
 */
final class Mirrors {

    private static final Logger log = LoggerFactory.getLogger(Mirrors.class);
    private static final int AT_ONCE = 256;
    private static final int MOST_BYTES = 256 * 1024;

    private final Parts parts;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Mirrors(Parts parts) {
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
        if (places.tryAcquire()) {
            Thread.ofVirtual().name("mirror").start(() -> {
                try {
                    ask(request);
                } finally {
                    places.release();
                }
            });
        }
    }

    private Operation operation() {
        return parts.cycle().service().operation(RegisterOperations.API_SEARCH);
    }

    private void ask(SideRequest request) {
        var seen = parts.cycle().observe(operation(), Side.PRIMARY, Source.MIRROR);
        try (var call = new Call(parts.primary())) {
            if (call.send(request) instanceof Call.Responded responded) {
                responded.readAhead(MOST_BYTES);
                if (responded.head().status() < 500) {
                    seen.answered();
                } else {
                    seen.failed();
                }
                return;
            }
            seen.unanswered();
        } catch (IOException broken) {
            seen.unanswered();
            log.debug("a mirrored search broke: {}", broken.getMessage());
        }
    }
}
