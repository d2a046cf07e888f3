package de.doppelboden.register.gate;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Operation;
import de.doppelboden.gateway.http.Exchange;
import java.util.Map;
import java.util.Optional;

/**
 * One request at the primary's address that was recognised as an operation.
 *
 * @param form fields of query and body
 * @param slice what exercises and returns pick clerks by
 * @param begin when it came, on the monotonic clock
 */
record Task(
        Exchange exchange,
        OperationTable.Found found,
        Map<String, String> form,
        Optional<ClerkSession> session,
        String slice,
        long begin) {

    Operation operation() {
        return found.operation();
    }

    String om() {
        return found.om();
    }

    /** What it is about; a registration of somebody new is about nobody yet. */
    Optional<Key> key() {
        return om().isEmpty() ? Optional.empty() : Optional.of(new Key("resident", om()));
    }

    Clerk clerk() {
        return session.map(ClerkSession::clerk).orElseGet(() -> Clerk.unknown(""));
    }
}
