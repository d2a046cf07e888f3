package de.doppelboden.register.feed;

import de.doppelboden.continuity.journal.EntryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lets go of what the copy showed provisionally once the primary has it: the journal is asked before the primary's changes
 * are read, so that the record that was read shows the act already.
 */
final class Receipts {

    private static final int MOST = 5_000;
    private static final Set<EntryState> FINISHED =
            EnumSet.of(EntryState.APPLIED, EntryState.ALREADY_APPLIED, EntryState.DROPPED);

    private Receipts() {}

    /** Open receipts whose journal entry needs nothing more. */
    static Map<String, EntryState> finished(Connection ours, JournalStates journal) throws SQLException {
        var open = new ArrayList<String>();
        var select = "select vorgang from register.receipt where closed_at is null order by number limit " + MOST;
        try (var statement = ours.createStatement();
                var rows = statement.executeQuery(select)) {
            while (rows.next()) {
                open.add(rows.getString(1));
            }
        }
        if (open.isEmpty()) {
            return Map.of();
        }
        var states = new HashMap<>(journal.of(open));
        states.values().removeIf(state -> !FINISHED.contains(state));
        return states;
    }

    /** From now on the primary's record counts alone. */
    static void close(Connection ours, Map<String, EntryState> finished, Instant now) throws SQLException {
        if (finished.isEmpty()) {
            return;
        }
        try (var close =
                ours.prepareStatement("update register.receipt set closed_at = ?, dropped = vorgang = any(?::uuid[])"
                        + " where vorgang = any(?::uuid[]) and closed_at is null")) {
            var dropped = finished.keySet().stream()
                    .filter(key -> finished.get(key) == EntryState.DROPPED)
                    .toArray();
            close.setObject(1, FeedStore.at(now));
            close.setArray(2, ours.createArrayOf("text", dropped));
            close.setArray(3, ours.createArrayOf("text", finished.keySet().toArray()));
            close.executeUpdate();
        }
        try (var show = ours.createStatement()) {
            show.executeUpdate("update register.resident r set sperre_vorlaeufig = false where sperre_vorlaeufig"
                    + " and not exists (select 1 from register.receipt p where p.om = r.om and p.closed_at is null"
                    + " and p.operation = 'register.block')");
        }
    }
}
