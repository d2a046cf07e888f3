package de.doppelboden.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Whom the opaque ids in the log mean. Kept beside the chain, so that a person can be forgotten when the time is over,
 * and the chain stays whole.
 */
public final class People {

    private static final String KNOW = """
        insert into evidence.person (id, label, seen) values (?, ?, ?)
        on conflict (label) do update set seen = greatest(evidence.person.seen, excluded.seen)
        returning id
        """;

    private final DataSource database;
    private final InstantSource clock;
    private final RandomGenerator random;

    public People(DataSource database, InstantSource clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /** The opaque id for a log-in or a name; the same one until the person is forgotten. */
    public UUID id(String label) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement know = connection.prepareStatement(KNOW)) {
            know.setObject(1, new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() >>> 2 | 1L << 63));
            know.setString(2, label);
            know.setObject(3, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            try (ResultSet row = know.executeQuery()) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        }
    }

    /** Forgets a person; entries keep an id that means nobody any more. */
    public boolean forget(UUID id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from evidence.person where id = ?")) {
            delete.setObject(1, id);
            return delete.executeUpdate() > 0;
        }
    }

    /** Forgets whom nobody saw since the day; how many there were. */
    public int forgetUnseenSince(LocalDate day) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from evidence.person where seen < ?")) {
            delete.setObject(1, day);
            return delete.executeUpdate();
        }
    }
}
