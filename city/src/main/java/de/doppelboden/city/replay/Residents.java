package de.doppelboden.city.replay;

import de.doppelboden.database.Access;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds the residents of both sides against each other, field by field, whatever either side says of itself. */
final class Residents {

    private static final String FIELDS =
            "om, stand, familienname, geburtsname, fruehere_namen, vornamen, rufname, doktorgrad, geburtsdatum, geburtsort, "
                    + "geschlecht, staatsangehoerigkeit, strasse, hausnummer, zusatz, plz, ort, einzug, verstorben, "
                    + "auskunftssperre, sperre_grund, sperre_seit";

    private Residents() {}

    static boolean same(Access primary, Access standby) throws SQLException {
        return digest(primary, "export.resident").equals(digest(standby, "register.resident"));
    }

    /** What has no value may be empty or null. */
    private static String digest(Access access, String table) throws SQLException {
        String row = "md5(concat_ws('|', " + FIELDS.replaceAll("([a-z_]+)", "coalesce($1::text, '')") + "))";
        String sql = "select count(*) || ' ' || md5(string_agg(" + row + ", '' order by om::bigint)) from " + table;
        try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                Statement statement = connection.createStatement();
                ResultSet digest = statement.executeQuery(sql)) {
            return digest.next() ? String.valueOf(digest.getString(1)) : "";
        }
    }
}
