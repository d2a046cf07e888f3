package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.register.Resident;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the copy. Whether the clerk may see a blocked person is part of the query itself, so that a hidden person and a
 * person who does not exist take the same way, with the same answer.
 */
@Component
final class CopyReader {

    static final int MOST_HITS = 50;
    static final int MOST_ANSWERED = 100;

    /** Somebody is found once for each of her names that the word is in; a common name ends the search here. */
    private static final int MOST_READ = 4 * MOST_HITS;

    /** Holds for whom the clerk, the first value, may see. */
    private static final String VISIBLE = "(not (r.auskunftssperre or r.sperre_vorlaeufig) or exists (select 1 from"
            + " register.clerk c where c.kennung = ? and c.aktiv and 'sperre.sehen' = any(c.rechte)))";

    private static final String OPEN_ACTS =
            "(select coalesce(json_agg(json_build_object('vorgang', p.vorgang, 'number',"
                    + " p.number, 'payload', p.payload::text, 'received', p.received) order by p.number), '[]')"
                    + " from register.receipt p where p.om = r.om and p.closed_at is null)";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DataSource database;

    CopyReader(DataSource database) {
        this.database = database;
    }

    Hits search(Question question, String login) throws SQLException {
        var exact = find(question, login);
        if (!exact.isEmpty()) {
            return hits(exact, false);
        }
        var wider = question.beginningSo();
        return hits(wider.equals(question) ? exact : find(wider, login), true);
    }

    /** The person with all that was done for her on the standby; empty also for a person whom the clerk may not see. */
    Optional<Sheet> sheet(String om, String login) throws SQLException {
        var sql = "select r.*, s.as_of, " + OPEN_ACTS
                + " as acts from register.resident r cross join register.feed_state s" + " where " + VISIBLE
                + " and r.om = ?";
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            select.setString(1, login);
            select.setString(2, om);
            try (var row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Sheet(
                                resident(row),
                                List.of(JSON.readValue(row.getString("acts"), Sheet.Act[].class)),
                                instant(row, "as_of")))
                        : Optional.empty();
            }
        }
    }

    /** Answers the person-search interface: whole names, in the order of the numbers. */
    List<Resident> answer(Where criteria, String login) throws SQLException {
        var where = new Where().and(VISIBLE, login).all(criteria);
        var sql = "select r.* from register.resident r where " + where.sql() + " order by r.om::bigint limit "
                + MOST_ANSWERED;
        return residents(sql, where);
    }

    /** Whether there is an active clerk of this name. */
    boolean knowsClerk(String login) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select 1 from register.clerk where kennung = ? and aktiv")) {
            select.setString(1, login);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The copy shows the primary as it was then. */
    Instant asOf() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement("select as_of from register.feed_state");
                var row = select.executeQuery()) {
            row.next();
            return instant(row, "as_of");
        }
    }

    private List<Resident> find(Question question, String login) throws SQLException {
        var where = new Where().and(VISIBLE, login);
        if (question.family().isEmpty()) {
            where.equal("r.geburtsdatum", question.born()).oneOf("r.vornamen_suche", question.given());
            return residents("select r.* from register.resident r where " + where.sql() + " limit " + MOST_READ, where);
        }
        where.and("n.word")
                .word("n.part", question.driver())
                .equal("n.born", question.born())
                .oneOf("n.given", question.given());
        var others = new ArrayList<>(question.family());
        others.remove(question.driver());
        for (var other : others) {
            var same = new Where()
                    .and("m.om = n.om and m.kind = n.kind and m.word")
                    .word("m.part", other);
            where.and("exists (select 1 from register.resident_name m where " + same.sql() + ")")
                    .all(same.valuesOnly());
        }
        return residents(
                "select r.* from register.resident_name n join register.resident r on r.om = n.om where " + where.sql()
                        + " limit " + MOST_READ,
                where);
    }

    private List<Resident> residents(String sql, Where where) throws SQLException {
        try (var connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            where.fill(select);
            try (var rows = select.executeQuery()) {
                var residents = new ArrayList<Resident>();
                while (rows.next()) {
                    residents.add(resident(rows));
                }
                return residents;
            }
        }
    }

    private static Hits hits(List<Resident> found, boolean beginning) {
        var sorted = found.stream()
                .distinct()
                .sorted(Comparator.comparing((Resident r) -> r.names().family())
                        .thenComparing(r -> r.names().forenames())
                        .thenComparing(r -> r.birth().date())
                        .thenComparing(Resident::om))
                .toList();
        boolean more = found.size() == MOST_READ || sorted.size() > MOST_HITS;
        return new Hits(sorted.stream().limit(MOST_HITS).toList(), beginning && !sorted.isEmpty(), more);
    }

    private static Resident resident(ResultSet row) throws SQLException {
        boolean blocked = row.getBoolean("auskunftssperre") || row.getBoolean("sperre_vorlaeufig");
        return new Resident(
                row.getString("om"),
                row.getLong("stand"),
                new Resident.Names(
                        text(row, "familienname"),
                        text(row, "geburtsname"),
                        text(row, "fruehere_namen"),
                        text(row, "vornamen"),
                        text(row, "rufname"),
                        text(row, "doktorgrad")),
                new Resident.Birth(text(row, "geburtsdatum"), text(row, "geburtsort")),
                text(row, "geschlecht"),
                text(row, "staatsangehoerigkeit"),
                new Resident.Address(
                        text(row, "strasse"),
                        text(row, "hausnummer"),
                        text(row, "zusatz"),
                        text(row, "plz"),
                        text(row, "ort")),
                row.getObject("einzug", LocalDate.class),
                row.getObject("verstorben", LocalDate.class),
                blocked ? new Resident.Block(blockReason(row), row.getObject("sperre_seit", LocalDate.class)) : null);
    }

    /** The primary's reason; a block that was set on the standby has its reason in the act. */
    private static String blockReason(ResultSet row) throws SQLException {
        var reason = text(row, "sperre_grund");
        return reason.isEmpty() ? t("counter.blocked.reason") : reason;
    }

    private static String text(ResultSet row, String column) throws SQLException {
        var value = row.getString(column);
        return value == null ? "" : value;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? Instant.EPOCH : value.toInstant();
    }
}
