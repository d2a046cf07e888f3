package de.doppelboden.cycle;

import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The few lines of JDBC that all stores of the cycle share. */
final class Sql {

    /** Makes something of a row. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private Sql() {}

    /** One transaction; whatever goes wrong is the store being unavailable. */
    static <T> T in(Database database, Database.Work<T> work) throws StoreUnavailable {
        try {
            return database.transaction(work);
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    static StoreUnavailable unavailable(SQLException failed) {
        return new StoreUnavailable("the database does not answer: " + failed.getMessage(), failed);
    }

    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, Row<T> row, String sql, Object... values) throws SQLException {
        try (var statement = prepare(connection, sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(row.of(rows));
            }
            return all;
        }
    }

    /** The one row that there must be. */
    static <T> T one(Connection connection, Row<T> row, String sql, Object... values) throws SQLException {
        var all = list(connection, row, sql, values);
        if (all.size() != 1) {
            throw new SQLException("expected one row, found " + all.size());
        }
        return all.getFirst();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i] instanceof Instant at ? Timestamp.from(at) : values[i]);
            }
            return statement;
        } catch (SQLException failed) {
            statement.close();
            throw failed;
        }
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
