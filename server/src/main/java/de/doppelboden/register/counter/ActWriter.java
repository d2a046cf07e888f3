package de.doppelboden.register.counter;

import de.doppelboden.continuity.Appended;
import de.doppelboden.continuity.EntryState;
import de.doppelboden.continuity.JournalEntry;
import de.doppelboden.continuity.Key;
import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.RegisterOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes an act: its effect on the copy, its receipt and its journal entry in one transaction of three round trips. */
@Component
final class ActWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ActWriter.class);

    /** What a form is based on, as {@link Sheet#base()} says it. */
    private static final String BASE = "r.stand::text || coalesce('+' || (select p.vorgang::text from register.receipt p"
            + " where p.om = r.om and p.closed_at is null order by p.number desc limit 1), '')";

    private static final String VISIBLE = "(not (r.auskunftssperre or r.sperre_vorlaeufig) or exists (select 1 from"
            + " register.clerk c where c.kennung = ? and c.aktiv and 'sperre.sehen' = any(c.rechte)))";

    private static final String RECEIPT = "insert into register.receipt"
            + " (vorgang, number, operation, om, login, office, received, payload)";

    private static final String FOR_A_PERSON = "with target as (select r.om from register.resident r where r.om = ? and "
            + VISIBLE + " and (? = '' or " + BASE + " = ?)), written as (" + RECEIPT
            + " select ?, ?, ?, om, ?, ?, ?, ?::jsonb from target on conflict (vorgang) do nothing returning om),"
            + " hidden as (update register.resident r set sperre_vorlaeufig = true from written w"
            + " where r.om = w.om and ?) select count(*) from written";

    private static final String FOR_AN_ARRIVAL = RECEIPT + " values (?, ?, ?, null, ?, ?, ?, ?::jsonb)"
            + " on conflict (vorgang) do nothing";

    private final DataSource database;
    private final CounterJournal journal;
    private final CopyReader copy;
    private final FormTokens opaque;

    ActWriter(DataSource database, CounterJournal journal, CopyReader copy, FormTokens opaque) {
        this.database = database;
        this.journal = journal;
        this.copy = copy;
        this.opaque = opaque;
    }

    /** Blocks until the act is durable or refused. */
    Written write(Act act, GatewayIdentity clerk) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var written = inTransaction(connection, act, clerk);
                if (written instanceof Written.Done) {
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return written instanceof Written.Changed ? whyNot(act, clerk) : written;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            LOG.warn("an act could not be written: {}", e.getMessage());
            return new Written.Unavailable();
        }
    }

    private Written inTransaction(Connection connection, Act act, GatewayIdentity clerk) throws SQLException {
        return switch (journal.append(connection, clerk.service(), entry(act, clerk), clerk.epoch())) {
            case Appended.Stored stored -> effect(connection, act, clerk, stored.number());
            case Appended.Duplicate duplicate -> new Written.Done();
            case Appended.Fenced fenced -> new Written.Fenced();
            case Appended.Unavailable unavailable -> new Written.Unavailable();
        };
    }

    private static Written effect(Connection connection, Act act, GatewayIdentity clerk, long number)
            throws SQLException {
        var order = act.order();
        if (order.kind() == RegisterOrder.Kind.IMMIGRATE) {
            try (var insert = connection.prepareStatement(FOR_AN_ARRIVAL)) {
                receipt(insert, 1, act, clerk, number);
                insert.executeUpdate();
                return new Written.Done();
            }
        }
        boolean block = order.kind() == RegisterOrder.Kind.BLOCK;
        var base = block ? "" : order.base();
        try (var insert = connection.prepareStatement(FOR_A_PERSON)) {
            insert.setString(1, order.om());
            insert.setString(2, clerk.login());
            insert.setString(3, base);
            insert.setString(4, base);
            int next = receipt(insert, 5, act, clerk, number);
            insert.setBoolean(next, block);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getInt(1) == 1 ? new Written.Done() : new Written.Changed();
            }
        }
    }

    private static int receipt(
            PreparedStatement insert, int from, Act act, GatewayIdentity clerk, long number)
            throws SQLException {
        int next = from;
        insert.setObject(next++, act.vorgang());
        insert.setLong(next++, number);
        insert.setString(next++, act.order().kind().operation());
        insert.setString(next++, clerk.login());
        insert.setString(next++, clerk.office());
        insert.setObject(next++, act.order().received().atOffset(ZoneOffset.UTC));
        insert.setString(next++, act.order().json());
        return next;
    }

    private Written whyNot(Act act, GatewayIdentity clerk) throws SQLException {
        return copy.sheet(act.order().om(), clerk.login()).isPresent() ? new Written.Changed() : new Written.NotThere();
    }

    private JournalEntry entry(Act act, GatewayIdentity clerk) {
        var order = act.order();
        boolean arrival = order.kind() == RegisterOrder.Kind.IMMIGRATE;
        return new JournalEntry(
                0,
                act.vorgang().toString(),
                order.kind().operation(),
                arrival ? new Key("arrival", act.vorgang().toString()) : new Key("resident", order.om()),
                order.base(),
                order.json(),
                opaque.tokenFor("actor/" + clerk.login()).substring(0, 16),
                clerk.office(),
                order.received(),
                arrival ? EntryState.REVIEW : EntryState.OPEN,
                clerk.epoch());
    }
}
