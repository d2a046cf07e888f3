package de.doppelboden.cycle;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.failover.Independence;
import de.doppelboden.continuity.failover.Proof;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import de.doppelboden.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Proofs and permits of one service. Any thread; blocks. */
public final class Proofs {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final String service;

    public Proofs(Database database, String service) {
        this.database = database;
        this.service = service;
    }

    /** Notes a proof; the same one again changes nothing. */
    public void add(Proof proof) throws StoreUnavailable {
        Sql.in(
                database,
                connection -> Sql.update(
                        connection,
                        """
                        insert into cycle.proof values (?, ?, ? * interval '1 millisecond', ?, ?, ?, ?, ?::jsonb, ?)
                        on conflict do nothing""",
                        service,
                        proof.at(),
                        proof.duration().toMillis(),
                        proof.slice().toString(),
                        proof.requests(),
                        proof.inBudget(),
                        proof.lost(),
                        json(proof.independence()),
                        proof.sentence()));
    }

    /** The latest proofs, the newest first. */
    public List<Proof> latest(int limit) throws StoreUnavailable {
        return Sql.in(database, connection -> Sql.list(connection, Proofs::proof, """
                        select *, extract(epoch from lasted) * 1000 as lasted_ms from cycle.proof
                        where service = ? order by at desc limit ?""", service, limit));
    }

    private static Proof proof(ResultSet row) throws SQLException {
        return new Proof(
                Sql.instant(row, "at"),
                Duration.ofMillis(row.getLong("lasted_ms")),
                Slice.named(row.getString("slice")),
                row.getLong("requests"),
                row.getLong("in_budget"),
                row.getLong("lost"),
                independence(row.getString("independence")),
                row.getString("sentence"));
    }

    /** Notes a permit in its present stage. */
    public void put(Permit permit) throws StoreUnavailable {
        Sql.in(
                database,
                connection -> Sql.update(
                        connection,
                        """
                        insert into cycle.permit values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (service, id) do update
                        set until = excluded.until, stage = excluded.stage, reason = excluded.reason""",
                        service,
                        permit.id(),
                        permit.side().name(),
                        permit.what(),
                        permit.actor(),
                        permit.since(),
                        permit.until(),
                        permit.stage().name(),
                        permit.reason()));
    }

    /** The latest permit, whatever its stage. */
    public Optional<Permit> permit() throws StoreUnavailable {
        return Sql.in(
                database,
                connection -> Sql.list(
                                connection,
                                Proofs::permit,
                                "select * from cycle.permit where service = ? order by since desc limit 1",
                                service)
                        .stream()
                        .findFirst());
    }

    private static Permit permit(ResultSet row) throws SQLException {
        return new Permit(
                row.getString("id"),
                Side.valueOf(row.getString("side")),
                row.getString("what"),
                row.getString("actor"),
                Sql.instant(row, "since"),
                Sql.instant(row, "until"),
                Permit.Stage.valueOf(row.getString("stage")),
                row.getString("reason"));
    }

    private static String json(Independence independence) {
        return JSON.writeValueAsString(Map.of("primary", independence.primary(), "standby", independence.standby()));
    }

    private static Independence independence(String json) {
        var tree = JSON.readTree(json);
        var sides = new EnumMap<Side, Map<Independence.Part, String>>(Side.class);
        for (var side : Side.values()) {
            var parts = new EnumMap<Independence.Part, String>(Independence.Part.class);
            tree.path(side.name().toLowerCase(Locale.ROOT))
                    .properties()
                    .forEach(part -> parts.put(
                            Independence.Part.valueOf(part.getKey()),
                            part.getValue().asString()));
            sides.put(side, parts);
        }
        return new Independence(sides.getOrDefault(Side.PRIMARY, Map.of()), sides.getOrDefault(Side.STANDBY, Map.of()));
    }
}
