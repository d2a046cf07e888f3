package de.doppelboden.gateway;

import de.doppelboden.continuity.Side;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.gateway.http.HttpServer;
import de.doppelboden.gateway.http.SidePool;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One service as the gateway process runs it, whatever its kind. */
public interface GatewayService extends AutoCloseable {

    /** How the pages call it. */
    String name();

    /** Its kind, as in the configuration. */
    String kind();

    ServiceCycle cycle();

    /** The users' listener. */
    HttpServer listener();

    /** When the certificate of the users' listener is valid no more; empty: it has none. */
    Optional<Instant> certificateExpires();

    SidePool primary();

    SidePool standby();

    /** When the certificate that the side shows us is valid no more; empty: it shows none, or has not been reached yet. */
    Optional<Instant> certificateExpires(Side side);

    /** Requests that wait for the primary now. */
    int waiting();

    /** How many requests were answered by no side, by the reason, a word for each; for kinds that count them. */
    default Map<String, Long> refused() {
        return Map.of();
    }

    /** Brings memory, files and database together; called every few seconds, blocks. */
    void refresh();

    @Override
    void close();
}
