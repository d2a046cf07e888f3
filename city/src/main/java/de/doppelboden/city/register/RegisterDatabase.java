package de.doppelboden.city.register;

import de.doppelboden.city.population.Population;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The primary's own PostgreSQL database: makes its tables on first use, fills them, hands out connections. */
public final class RegisterDatabase implements AutoCloseable {

    private static final int CONNECTIONS = 12;

    private final Database database;

    private RegisterDatabase(Database database) {
        this.database = database;
    }

    /**
     * Opens the database; an empty one gets its tables, so many residents of this seed, the clerks, and the role
     * {@code doppelboden_feed}, which may read the views in the schema {@code export} and nothing else.
     *
     * @param access as a role that may make roles
     */
    public static RegisterDatabase open(Access access, Contents contents) throws SQLException, IOException {
        var database = new RegisterDatabase(Database.open(access, "register", CONNECTIONS, Duration.ZERO));
        database.prepare(contents);
        return database;
    }

    /** What an empty register is filled with. */
    public record Contents(int residents, long seed, String feedPassword, RandomGenerator random) {}

    Connection connection() throws SQLException {
        return database.connection();
    }

    private void prepare(Contents contents) throws SQLException, IOException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            feedRole(connection, contents.feedPassword());
            if (isEmpty(connection)) {
                execute(connection, resource("/city/register.sql"));
                var load = new BulkLoad(connection);
                load.residents(new Population(contents.seed()), contents.residents());
                load.clerks(contents.random());
                execute(connection, resource("/city/register-after-load.sql"));
            }
            connection.commit();
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select to_regclass('register.resident') is null")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Roles belong to the whole cluster, so another register's may exist already; its password is set anew. */
    private static void feedRole(Connection connection, String password) throws SQLException {
        String literal = "'" + password.replace("'", "''") + "'";
        execute(connection, """
                select pg_advisory_xact_lock(4711);
                do $do$ begin
                    if not exists (select from pg_roles where rolname = 'doppelboden_feed') then
                        create role doppelboden_feed login;
                    end if;
                end $do$;
                alter role doppelboden_feed password %s
                """.formatted(literal));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(RegisterDatabase.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
