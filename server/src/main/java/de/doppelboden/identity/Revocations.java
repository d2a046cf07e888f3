package de.doppelboden.identity;

import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which sessions are no longer good. Held in memory and in the database; what could not be stored while the database was
 * away is stored at the next {@link #refresh()}. Each entry goes when the session would have ended anyway.
 */
final class Revocations {

    private final Rows rows;
    private final InstantSource clock;
    private final Map<String, Revoked> sessions = new ConcurrentHashMap<>();
    private final Map<String, Expelled> logins = new ConcurrentHashMap<>();

    Revocations(Rows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    boolean revoked(Session session) {
        Expelled expelled = logins.get(session.login());
        return sessions.containsKey(session.id())
                || (expelled != null && session.begun().isBefore(expelled.begunBefore));
    }

    void revoke(String session, Instant until) {
        sessions.put(session, new Revoked(until, false));
    }

    void expel(String login, Instant begunBefore, Instant until) {
        logins.put(login, new Expelled(begunBefore, until, false));
    }

    void refresh() throws SQLException {
        Instant now = clock.instant();
        sessions.values().removeIf(revoked -> revoked.until.isBefore(now));
        logins.values().removeIf(expelled -> expelled.until.isBefore(now));
        store();
        rows.update("delete from identity.revocation where until < ?", now);
        rows.update("delete from identity.expulsion where until < ?", now);
        rows.query(
                row -> sessions.put(row.getString("session"), new Revoked(Rows.instant(row, "until"), true)),
                "select session, until from identity.revocation");
        rows.query(
                row -> logins.merge(
                        row.getString("login"),
                        new Expelled(Rows.instant(row, "began_before"), Rows.instant(row, "until"), true),
                        Revocations::later),
                "select login, began_before, until from identity.expulsion");
    }

    private void store() throws SQLException {
        for (var entry : sessions.entrySet()) {
            if (!entry.getValue().stored) {
                rows.update(
                        "insert into identity.revocation (session, until) values (?, ?) on conflict do nothing",
                        entry.getKey(),
                        entry.getValue().until);
                entry.setValue(new Revoked(entry.getValue().until, true));
            }
        }
        for (var entry : logins.entrySet()) {
            Expelled expelled = entry.getValue();
            if (!expelled.stored) {
                rows.update("""
                        insert into identity.expulsion (login, began_before, until) values (?, ?, ?)
                        on conflict (login) do update
                        set began_before = greatest(expulsion.began_before, excluded.began_before),
                            until = greatest(expulsion.until, excluded.until)
                        """, entry.getKey(), expelled.begunBefore, expelled.until);
                entry.setValue(new Expelled(expelled.begunBefore, expelled.until, true));
            }
        }
    }

    private static Expelled later(Expelled a, Expelled b) {
        return a.begunBefore.isAfter(b.begunBefore) ? a : b;
    }

    private record Revoked(Instant until, boolean stored) {}

    private record Expelled(Instant begunBefore, Instant until, boolean stored) {}
}
