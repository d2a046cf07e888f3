package de.doppelboden.register.feed;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** What rows were before the feed replaced them; the way back when the primary's mistake was read as well. */
final class History {

    private static final String FIRST_AFTER = """
            create temporary table back on commit drop as
            select distinct on (om) om, before from register.resident_history where replaced_at > ? order by om, replaced_at""";

    private History() {}

    /**
     * Makes the copy what it was at {@code then}, in the caller's transaction; returns how many records changed. Information blocks
     * stay: somebody may be in danger, and a block too many is lifted later.
     */
    static long goBack(Connection ours, Instant then) throws SQLException {
        try (var collect = ours.prepareStatement(FIRST_AFTER)) {
            collect.setObject(1, FeedStore.at(then));
            collect.executeUpdate();
        }
        try (var statement = ours.createStatement()) {
            statement.executeUpdate(
                    "create temporary table kept_block on commit drop as select r.om, r.auskunftssperre,"
                            + " r.sperre_grund, r.sperre_seit, r.sperre_stand, r.sperre_vorlaeufig from register.resident r"
                            + " join back b on b.om = r.om where r.auskunftssperre or r.sperre_vorlaeufig");
            statement.executeUpdate("delete from register.resident_name n using back b where n.om = b.om");
            statement.executeUpdate("delete from register.resident r using back b where r.om = b.om");
            statement.executeUpdate("insert into register.resident select (jsonb_populate_record("
                    + "null::register.resident, before)).* from back where before is not null");
            statement.executeUpdate(
                    "update register.resident r set auskunftssperre = r.auskunftssperre or k.auskunftssperre,"
                            + " sperre_grund = coalesce(nullif(r.sperre_grund, ''), k.sperre_grund), sperre_seit = coalesce(r.sperre_seit,"
                            + " k.sperre_seit), sperre_stand = greatest(r.sperre_stand, k.sperre_stand),"
                            + " sperre_vorlaeufig = r.sperre_vorlaeufig or k.sperre_vorlaeufig from kept_block k where k.om = r.om");
            statement.executeUpdate("insert into register.resident_name (part, kind, word, whole, given, born, om)"
                    + " select n.part, n.kind, n.word, n.whole, r.vornamen_suche, r.geburtsdatum, r.om"
                    + " from back b join register.resident r on r.om = b.om cross join lateral"
                    + " register.name_parts(r.familienname_suche, r.geburtsname_suche, r.fruehere_suche) n");
            statement.executeUpdate(
                    "update register.feed_state set residents =" + " (select count(*) from register.resident)");
            try (var forget = ours.prepareStatement("delete from register.resident_history where replaced_at > ?")) {
                forget.setObject(1, FeedStore.at(then));
                forget.executeUpdate();
            }
            try (var count = statement.executeQuery("select count(*) from back")) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    static void forgetBefore(Connection ours, Instant then) throws SQLException {
        try (var delete = ours.prepareStatement("delete from register.resident_history where replaced_at < ?")) {
            delete.setObject(1, FeedStore.at(then));
            delete.executeUpdate();
        }
    }
}
