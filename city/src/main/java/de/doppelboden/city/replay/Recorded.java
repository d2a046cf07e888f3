package de.doppelboden.city.replay;

import de.doppelboden.database.Access;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the primary's database holds after the return.
 *
 * @param orders everything that was carried out
 * @param blockedBefore who was under a block before the day began
 */
record Recorded(List<Order> orders, Set<Long> blockedBefore) {

    /** One order that was carried out. */
    record Order(String key, String errand, long om, String content) {}

    static Recorded read(Access access) throws SQLException {
        try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            var orders = new ArrayList<Order>();
            try (ResultSet row =
                    statement.executeQuery("select schluessel, art, om, inhalt::text from register.auftrag")) {
                while (row.next()) {
                    orders.add(new Order(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
                }
            }
            var blocked = new HashSet<Long>();
            try (ResultSet row =
                    statement.executeQuery("select om from register.resident r where auskunftssperre and not "
                            + "exists (select from register.auftrag a where a.om = r.om and a.art = 'sperre')")) {
                while (row.next()) {
                    blocked.add(row.getLong(1));
                }
            }
            return new Recorded(List.copyOf(orders), Set.copyOf(blocked));
        }
    }
}
