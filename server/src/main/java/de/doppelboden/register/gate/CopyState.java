package de.doppelboden.register.gate;

import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.cycle.FeedStates;
import de.doppelboden.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;

/** How current the register's copy is, as its feed notes it. Blocks. */
final class CopyState implements FeedStates {

    private final Database database;

    CopyState(Database database) {
        this.database = database;
    }

    @Override
    public FeedState read() throws StoreUnavailable {
        try {
            return database.transaction(connection -> {
                try (var statement = connection.prepareStatement(
                                "select *, extract(epoch from clock_timestamp() - load_started) as loading"
                                        + " from register.feed_state");
                        var row = statement.executeQuery()) {
                    return row.next() ? state(row) : none("the feed has noted nothing yet");
                }
            });
        } catch (SQLException away) {
            throw new StoreUnavailable("the database does not answer: " + away.getMessage(), away);
        }
    }

    private static FeedState none(String reason) {
        return new FeedState(FeedState.Phase.FIRST_COPY, Optional.empty(), reason);
    }

    /** How far a load is, and what it will take if it goes on so. */
    private static String progress(ResultSet row) throws SQLException {
        long rows = row.getLong("load_rows");
        long total = row.getLong("load_total");
        if (rows <= 0 || total <= rows) {
            return "";
        }
        long seconds = Math.round(row.getDouble("loading") * (total - rows) / rows);
        String left = seconds < 120 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
        return ": %d of %d residents are read, about %s to go".formatted(rows, total, left);
    }

    private static FeedState state(ResultSet row) throws SQLException {
        Timestamp asOf = row.getTimestamp("as_of");
        String phase = row.getString("phase");
        if (asOf == null || phase.equals("EMPTY")) {
            return none("the first copy of the register is being made" + progress(row));
        }
        boolean cutOff = row.getTimestamp("failing_since") != null;
        var now = switch (phase) {
            case "HELD", "LOADING" -> FeedState.Phase.HELD; // a copy made anew: the one before serves until it is whole
            case "STOPPED" -> FeedState.Phase.ASKING;
            default -> cutOff ? FeedState.Phase.CUT_OFF : FeedState.Phase.RUNNING;
        };
        String reason = row.getString("reason");
        if (now == FeedState.Phase.CUT_OFF) {
            reason = "the primary cannot be read now: " + row.getString("failure");
        } else if (phase.equals("LOADING")) {
            reason = "the copy is being made anew" + progress(row);
        } else if (reason.isBlank()) {
            reason = "changes are read as they come";
        }
        return new FeedState(now, Optional.of(new Lag(asOf.toInstant())), reason);
    }
}
