package de.doppelboden.register.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What people and the change gate ask of the feed; kept in the database, so that any process may ask. */
public final class FeedOrders {

    private final DataSource database;
    private final InstantSource clock;

    public FeedOrders(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What can be asked. */
    public enum Kind {
        /** Read nothing but new blocks, until released: a change of the primary is permitted, or somebody is in doubt. */
        HOLD,
        RELEASE,
        /** The mass change that stopped the feed is meant: read it. */
        ACCEPT,
        /** Compare both sides completely and read again what differs. */
        COMPARE,
        /** Copy the whole register anew; the old copy serves until the new one is whole. */
        RELOAD,
        /** Make the copy what it was at a time within the kept history, and hold the feed. */
        GO_BACK
    }

    /** @param until only for {@link Kind#GO_BACK}: the time to go back to */
    public record FeedOrder(
            long number,
            Kind kind,
            String reason,
            String actor,
            @Nullable Instant until) {}

    /** Returns the order's number, to ask for its result. */
    public long order(Kind kind, String reason, String actor, @Nullable Instant until) throws SQLException {
        var sql = "insert into register.feed_order (kind, reason, actor, until) values (?, ?, ?, ?) returning number";
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(sql)) {
            insert.setString(1, kind.name());
            insert.setString(2, reason);
            insert.setString(3, actor);
            insert.setObject(4, until == null ? null : FeedStore.at(until));
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** What came of an order; empty while it waits. */
    public Optional<String> result(long number) throws SQLException {
        var sql = "select result from register.feed_order where number = ? and done_at is not null";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setLong(1, number);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    Optional<FeedOrder> next(Connection connection) throws SQLException {
        var sql = "select * from register.feed_order where done_at is null order by number limit 1";
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next()
                    ? Optional.of(new FeedOrder(
                            row.getLong("number"),
                            Kind.valueOf(row.getString("kind")),
                            row.getString("reason"),
                            row.getString("actor"),
                            FeedStore.instant(row, "until")))
                    : Optional.empty();
        }
    }

    void done(Connection connection, FeedOrder order, String result) throws SQLException {
        var sql = "update register.feed_order set done_at = ?, result = ? where number = ?";
        try (var update = connection.prepareStatement(sql)) {
            update.setObject(1, FeedStore.at(clock.instant()));
            update.setString(2, result);
            update.setLong(3, order.number());
            update.executeUpdate();
        }
    }
}
