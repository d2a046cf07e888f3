package de.doppelboden.register.gate;

import de.doppelboden.continuity.FeedState;
import de.doppelboden.continuity.Lag;
import de.doppelboden.continuity.StoreUnavailable;
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
                                "select phase, reason, as_of, failing_since, failure from register.feed_state");
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

    private static FeedState state(ResultSet row) throws SQLException {
        Timestamp asOf = row.getTimestamp("as_of");
        String phase = row.getString("phase");
        if (asOf == null || phase.equals("EMPTY") || phase.equals("LOADING")) {
            return none("the first copy of the register is being made");
        }
        boolean cutOff = row.getTimestamp("failing_since") != null;
        var now = switch (phase) {
            case "HELD" -> FeedState.Phase.HELD;
            case "STOPPED" -> FeedState.Phase.ASKING;
            default -> cutOff ? FeedState.Phase.CUT_OFF : FeedState.Phase.RUNNING;
        };
        String reason = row.getString("reason");
        if (now == FeedState.Phase.CUT_OFF) {
            reason = "the primary cannot be read now: " + row.getString("failure");
        } else if (reason.isBlank()) {
            reason = "changes are read as they come";
        }
        return new FeedState(now, Optional.of(new Lag(asOf.toInstant())), reason);
    }
}
