package de.doppelboden.register.feed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The one row that says how current the copy is. */
final class FeedStore {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FeedStore() {}

    static FeedStatus read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select * from register.feed_state")) {
            if (!row.next()) {
                throw new SQLException("register.feed_state has no row");
            }
            return status(row);
        }
    }

    /** A pass went well: the copy is as of {@code asOf} and reading goes on at {@code cursor}. */
    static void advanced(Connection connection, long cursor, Instant asOf, IntakeCount count) throws SQLException {
        var sql = """
                update register.feed_state set cursor_xid = ?, as_of = ?, changes = changes + ?, residents = residents + ?,
                       failing_since = null, failure = ''""";
        try (var update = connection.prepareStatement(sql)) {
            update.setLong(1, cursor);
            update.setObject(2, at(asOf));
            update.setLong(3, count.written());
            update.setLong(4, count.added() - count.deleted());
            update.executeUpdate();
        }
    }

    static void failed(Connection connection, Instant now, String failure) throws SQLException {
        var sql = "update register.feed_state set failing_since = coalesce(failing_since, ?), failure = ?";
        try (var update = connection.prepareStatement(sql)) {
            update.setObject(1, at(now));
            update.setString(2, failure);
            update.executeUpdate();
        }
    }

    static void phase(Connection connection, FeedPhase phase, String reason) throws SQLException {
        try (var update = connection.prepareStatement("update register.feed_state set phase = ?, reason = ?")) {
            update.setString(1, phase.name());
            update.setString(2, reason);
            update.executeUpdate();
        }
    }

    static void blocksRead(Connection connection, Instant asOf) throws SQLException {
        try (var update = connection.prepareStatement("update register.feed_state set blocks_as_of = ?")) {
            update.setObject(1, at(asOf));
            update.executeUpdate();
        }
    }

    static void loading(Connection connection, Instant started, long total) throws SQLException {
        var sql = """
                update register.feed_state set phase = 'LOADING', reason = '', load_started = ?, load_rows = 0,
                       load_total = ?, failing_since = null, failure = ''""";
        try (var update = connection.prepareStatement(sql)) {
            update.setObject(1, at(started));
            update.setLong(2, total);
            update.executeUpdate();
        }
    }

    static void loaded(Connection connection, long rows) throws SQLException {
        try (var update = connection.prepareStatement("update register.feed_state set load_rows = ?")) {
            update.setLong(1, rows);
            update.executeUpdate();
        }
    }

    static void serving(Connection connection, long cursor, Instant asOf, long residents) throws SQLException {
        var sql = """
                update register.feed_state set phase = 'RUNNING', reason = '', cursor_xid = ?, as_of = ?, blocks_as_of = ?,
                       residents = ?, load_rows = ?, changes = 0, failing_since = null, failure = ''""";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, cursor);
            update.setObject(2, at(asOf));
            update.setObject(3, at(asOf));
            update.setLong(4, residents);
            update.setLong(5, residents);
            update.executeUpdate();
        }
    }

    static void compared(Connection connection, Comparison comparison) throws SQLException {
        try (var update =
                connection.prepareStatement("update register.feed_state set compared_at = ?, comparison = ?")) {
            update.setObject(1, at(comparison.at()));
            update.setString(2, JSON.writeValueAsString(comparison));
            update.executeUpdate();
        }
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static @Nullable Comparison comparison(String json) {
        return json.isEmpty() ? null : JSON.readValue(json, Comparison.class);
    }

    private static FeedStatus status(ResultSet row) throws SQLException {
        return new FeedStatus(
                FeedPhase.valueOf(row.getString("phase")),
                row.getString("reason"),
                row.getLong("cursor_xid"),
                instant(row, "as_of"),
                instant(row, "blocks_as_of"),
                instant(row, "failing_since"),
                row.getString("failure"),
                row.getLong("residents"),
                row.getLong("changes"),
                new FeedStatus.Load(instant(row, "load_started"), row.getLong("load_rows"), row.getLong("load_total")),
                comparison(row.getString("comparison")));
    }
}
