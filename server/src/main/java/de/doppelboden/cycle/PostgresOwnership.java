package de.doppelboden.cycle;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.ownership.Claim;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.OwnershipStore;
import de.doppelboden.continuity.ownership.Standing;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.database.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The epoch of one service, in the database. Any thread; blocks. */
public final class PostgresOwnership implements OwnershipStore {

    private static final String LOCKED = "select * from cycle.ownership where service = ? for update";
    private static final String NOT_HELD = """
            not exists (select 1 from cycle.journal w
                        where w.service = j.service and w.key_space = j.key_space and w.key_id = j.key_id
                          and w.number < j.number and w.state in ('REVIEW', 'CONFLICT', 'UNKNOWN'))""";
    private static final String OPEN_FOR_PRIMARY = """
            select count(*) from cycle.journal j, cycle.ownership o
            where j.service = ? and o.service = j.service
              and j.state in ('SUSPECT', 'OPEN', 'TRYING', 'DECIDED_APPLY')
              and cycle.owner_of(o, j.key_space, j.key_id) = 'PRIMARY' and """ + " " + NOT_HELD;

    private final Database database;
    private final String service;

    public PostgresOwnership(Database database, String service) {
        this.database = database;
        this.service = service;
    }

    @Override
    public Ownership read() throws StoreUnavailable {
        return Sql.in(database, connection -> {
            ensureRow(connection);
            return Sql.one(
                    connection,
                    PostgresOwnership::ownership,
                    "select * from cycle.ownership where service = ?",
                    service);
        });
    }

    private void ensureRow(Connection connection) throws SQLException {
        Sql.update(connection, """
                insert into cycle.ownership (service, epoch, owner, since, reason)
                select ?, 0, 'PRIMARY', now(), 'nothing was ever moved'
                where not exists (select 1 from cycle.ownership where service = ?)
                on conflict do nothing""", service, service);
    }

    @Override
    public Standing renew(String gateway, long beats, long yielded, Set<String> company) throws StoreUnavailable {
        return Sql.in(database, connection -> {
            ensureRow(connection);
            var present = others(connection, gateway).stream()
                    .map(Standing.Member::gateway)
                    .collect(Collectors.toSet());
            if (beats == 0) {
                Sql.update(connection, """
                        insert into cycle.gateway (service, gateway, beats, yielded, company) values (?, ?, 1, ?, ?)
                        on conflict do nothing""", service, gateway, yielded, present.toArray(String[]::new));
            } else {
                Sql.update(
                        connection,
                        """
                        update cycle.gateway
                        set beats = beats + 1, yielded = ?, company = case when ? then ? else company end
                        where service = ? and gateway = ? and beats = ?""",
                        yielded,
                        company.equals(present),
                        present.toArray(String[]::new),
                        service,
                        gateway,
                        beats);
            }
            return standing(connection, gateway);
        });
    }

    @Override
    public Standing announce(Ownership expected, Side owner, String gateway) throws StoreUnavailable {
        return Sql.in(database, connection -> {
            Sql.update(connection, """
                    update cycle.ownership
                    set intents = intents + 1, intent_number = intents + 1, intent_gateway = ?, intent_owner = ?
                    where service = ? and epoch = ? and (intent_gateway is null or intent_gateway = ?)""", gateway, owner.name(), service, expected.epoch(), gateway);
            return standing(connection, gateway);
        });
    }

    @Override
    public Standing withdraw(String gateway, long intent) throws StoreUnavailable {
        return Sql.in(database, connection -> {
            Sql.update(connection, """
                    update cycle.ownership set intent_gateway = null, intent_owner = null, intent_number = null
                    where service = ? and intent_number = ?""", service, intent);
            return standing(connection, gateway);
        });
    }

    @Override
    public Claim claim(Ownership expected, Side owner, Slice apart, String gateway, long intent, String reason) {
        try {
            return Sql.in(database, connection -> claimIn(connection, expected, owner, apart, intent, reason));
        } catch (StoreUnavailable away) {
            return new Claim.Unavailable(String.valueOf(away.getMessage()));
        }
    }

    /** The exclusive fence waits for all who append; who comes later finds the new epoch. */
    private Claim claimIn(
            Connection connection, Ownership expected, Side owner, Slice apart, long intent, String reason)
            throws SQLException {
        Sql.update(connection, "set local lock_timeout = '2s'");
        Sql.list(connection, row -> 0, "select pg_advisory_xact_lock(cycle.fence(?))", service);
        int changed = Sql.update(
                connection,
                """
                update cycle.ownership
                set epoch = epoch + 1, owner = ?, apart_names = ?, apart_permille = ?, since = now(), reason = ?,
                    intent_gateway = null, intent_owner = null, intent_number = null
                where service = ? and epoch = ? and intent_number = ?""",
                owner.name(),
                apart.names().toArray(String[]::new),
                apart.permille(),
                reason,
                service,
                expected.epoch(),
                intent);
        var now = Sql.one(connection, PostgresOwnership::ownership, LOCKED, service);
        if (changed == 0) {
            return new Claim.Lost(now);
        }
        int open = Sql.one(connection, row -> row.getInt(1), OPEN_FOR_PRIMARY, service);
        if (open > 0) {
            connection.rollback();
            return new Claim.Unready(open);
        }
        return new Claim.Granted(now);
    }

    @Override
    public void leave(String gateway) throws StoreUnavailable {
        Sql.in(
                database,
                connection -> Sql.update(
                        connection, "delete from cycle.gateway where service = ? and gateway = ?", service, gateway));
    }

    private Standing standing(Connection connection, String gateway) throws SQLException {
        return Sql.one(
                connection,
                row -> new Standing(
                        ownership(row), intent(row), mine(connection, gateway), others(connection, gateway)),
                "select * from cycle.ownership where service = ?",
                service);
    }

    private static Optional<Standing.Intent> intent(ResultSet row) throws SQLException {
        String gateway = row.getString("intent_gateway");
        return gateway == null
                ? Optional.empty()
                : Optional.of(new Standing.Intent(
                        gateway,
                        row.getLong("epoch"),
                        Side.valueOf(row.getString("intent_owner")),
                        row.getLong("intent_number")));
    }

    private Standing.Member mine(Connection connection, String gateway) throws SQLException {
        return Sql.list(
                        connection,
                        PostgresOwnership::member,
                        "select * from cycle.gateway where service = ? and gateway = ?",
                        service,
                        gateway)
                .stream()
                .findFirst()
                .orElse(new Standing.Member(gateway, 0, 0, Set.of()));
    }

    private List<Standing.Member> others(Connection connection, String gateway) throws SQLException {
        return Sql.list(
                connection,
                PostgresOwnership::member,
                "select * from cycle.gateway where service = ? and gateway <> ? order by gateway limit 16",
                service,
                gateway);
    }

    private static Standing.Member member(ResultSet row) throws SQLException {
        return new Standing.Member(
                row.getString("gateway"), row.getLong("beats"), row.getLong("yielded"), Set.of((String[])
                        row.getArray("company").getArray()));
    }

    static Ownership ownership(ResultSet row) throws SQLException {
        return new Ownership(
                row.getLong("epoch"),
                Side.valueOf(row.getString("owner")),
                new Slice(Set.of((String[]) row.getArray("apart_names").getArray()), row.getInt("apart_permille")),
                Sql.instant(row, "since"),
                row.getString("reason"));
    }
}
