package de.doppelboden.register.counter;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.register.RegisterOrder;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds receipts, for the office only that gave them out. */
@Component
final class Receipts {

    private static final String SELECT =
            "select p.*, r.vornamen, r.familienname, r.geburtsdatum, not coalesce(r.auskunftssperre or r.sperre_vorlaeufig, false)"
                    + " or exists (select 1 from register.clerk c where c.kennung = ? and c.aktiv"
                    + " and 'sperre.sehen' = any(c.rechte)) as shown"
                    + " from register.receipt p left join register.resident r on r.om = p.om where p.office = ? and ";

    private final DataSource database;

    Receipts(DataSource database) {
        this.database = database;
    }

    Optional<Receipt> of(UUID vorgang, GatewayIdentity clerk) throws SQLException {
        return find("p.vorgang = ?", vorgang, clerk);
    }

    Optional<Receipt> numbered(long number, GatewayIdentity clerk) throws SQLException {
        return find("p.number = ?", number, clerk);
    }

    private static String newcomer(RegisterOrder order) {
        return person(order.field("vornamen"), order.field("familienname"), order.field("geburtsdatum"))
                .orElse("");
    }

    private static Optional<String> person(
            @Nullable String forenames, @Nullable String family, @Nullable String birthDate) {
        return forenames == null || family == null || birthDate == null
                ? Optional.empty()
                : Optional.of(t("counter.receipt.person", forenames, family, Shown.day(birthDate)));
    }

    private Optional<Receipt> find(String condition, Object value, GatewayIdentity clerk) throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(SELECT + condition)) {
            select.setString(1, clerk.login());
            select.setString(2, clerk.office());
            select.setObject(3, value);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var received = row.getObject("received", OffsetDateTime.class).toInstant();
                var closed = row.getObject("closed_at") != null;
                boolean dropped = row.getBoolean("dropped");
                var vorgang = row.getString("vorgang");
                var number = row.getLong("number");
                boolean shown = row.getBoolean("shown");
                var person =
                        person(row.getString("vornamen"), row.getString("familienname"), row.getString("geburtsdatum"));
                return RegisterOrder.parse(row.getString("payload"))
                        .map(order -> new Receipt(
                                vorgang,
                                number,
                                order,
                                person.orElseGet(() -> newcomer(order)),
                                received,
                                shown,
                                closed,
                                dropped));
            }
        }
    }
}
