package de.doppelboden.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asserts that what the database calls committed survives a power cut. */
public final class Durability {

    private static final String[] MUST_BE_ON = {"fsync", "full_page_writes", "synchronous_commit"};

    private Durability() {}

    /** Throws when one of the settings would let committed work be lost. */
    public static void check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : MUST_BE_ON) {
                String value = show(statement, setting);
                boolean safe = value.equals("on") || value.startsWith("remote_");
                if (!safe) {
                    throw new SQLException("the database runs with " + setting + " = " + value
                            + ", so committed work could be lost; set it to on");
                }
            }
        }
    }

    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet rows = statement.executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
