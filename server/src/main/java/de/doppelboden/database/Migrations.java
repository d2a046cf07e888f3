package de.doppelboden.database;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schemas to this program's version. Each package with tables has one schema of its name, one folder
 * {@code db/migration/NAME} and one history in that schema, so that packages do not wait for one another's numbers.
 */
public final class Migrations {

    /** In the order in which they are migrated. */
    public static final List<String> SCHEMAS = List.of("evidence", "identity", "cycle", "register");

    private static final String SAYS_SO = """
            select count(*) from pg_namespace where nspname = any (?) and obj_description(oid, 'pg_namespace') = ?
            """;

    private Migrations() {}

    /**
     * Migrates the given schemas; those that are up to date are left as they are. Finding that out costs seconds of
     * processor time at each start, so each schema says which program has migrated it, and that one does not look again.
     */
    public static void migrate(DataSource database, List<String> schemas) {
        Optional<String> program = program();
        if (program.isPresent() && sayIt(database, schemas, program.get())) {
            return;
        }
        for (String schema : schemas) {
            Flyway.configure()
                    .dataSource(database)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .table("history")
                    .locations("classpath:db/migration/" + schema)
                    .load()
                    .migrate();
        }
        if (program.isPresent()) {
            letSay(database, schemas, program.get());
        }
    }

    /** The jar with the migrations, told from others by size and time; none when they lie in a folder. */
    private static Optional<String> program() {
        try {
            Path jar = Path.of(Migrations.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(jar)
                    ? Optional.of("migrated by " + Files.size(jar) + "-"
                            + Files.getLastModifiedTime(jar).toMillis())
                    : Optional.empty();
        } catch (IOException | URISyntaxException unknown) {
            return Optional.empty();
        }
    }

    private static boolean sayIt(DataSource database, List<String> schemas, String program) {
        try (Connection connection = database.getConnection();
                PreparedStatement says = connection.prepareStatement(SAYS_SO)) {
            says.setArray(1, connection.createArrayOf("text", schemas.toArray()));
            says.setString(2, program);
            try (ResultSet row = says.executeQuery()) {
                return row.next() && row.getInt(1) == schemas.size();
            }
        } catch (SQLException away) {
            return false; // the look itself will say what is wrong
        }
    }

    private static void letSay(DataSource database, List<String> schemas, String program) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String schema : schemas) {
                statement.execute("comment on schema " + schema + " is " + statement.enquoteLiteral(program));
            }
        } catch (SQLException away) {
            throw new IllegalStateException("the schemas were migrated, but cannot say by whom", away);
        }
    }
}
