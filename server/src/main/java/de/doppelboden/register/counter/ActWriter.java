package de.doppelboden.register.counter;

import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.GatewayIdentity;
import java.sql.SQLException;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes an act: its effect on the copy, its receipt and its journal entry, in one transaction and one round trip. */
@Component
final class ActWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ActWriter.class);
    private static final String TAKE = "select register.take(?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?)";

    private final DataSource database;
    private final FormTokens opaque;

    ActWriter(DataSource database, FormTokens opaque) {
        this.database = database;
        this.opaque = opaque;
    }

    /** Blocks until the act is durable or refused. */
    Written write(Act act, GatewayIdentity clerk) {
        var order = act.order();
        try (var connection = database.getConnection();
                var take = connection.prepareStatement(TAKE)) {
            take.setString(1, clerk.service());
            take.setObject(2, act.vorgang());
            take.setString(3, order.kind().operation());
            take.setString(4, order.om());
            take.setString(5, order.base());
            take.setString(6, order.json());
            take.setString(7, clerk.login());
            take.setString(8, opaque.tokenFor("actor/" + clerk.login()).substring(0, 16));
            take.setString(9, clerk.office());
            take.setObject(10, order.received().atOffset(ZoneOffset.UTC));
            take.setString(11, EntryState.OPEN.name());
            take.setLong(12, clerk.epoch());
            try (var row = take.executeQuery()) {
                row.next();
                return written(row.getString(1));
            }
        } catch (SQLException e) {
            LOG.warn("an act could not be written: {}", e.getMessage());
            return new Written.Unavailable();
        }
    }

    private static Written written(String outcome) {
        return switch (outcome) {
            case "DONE" -> new Written.Done();
            case "NOBODY" -> new Written.NotThere();
            case "CHANGED" -> new Written.Changed();
            case "FENCED" -> new Written.Fenced();
            default -> throw new IllegalStateException("register.take says " + outcome);
        };
    }
}
