package de.doppelboden.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schemas to this program's version. Each package with tables has one schema of its name, one folder
 * {@code db/migration/NAME} and one history in that schema, so that packages do not wait for one another's numbers.
 */
public final class Migrations {

    /** In the order in which they are migrated. */
    public static final List<String> SCHEMAS = List.of("evidence", "identity", "cycle", "register");

    private Migrations() {}

    /** Migrates the given schemas; those that are up to date are left as they are. */
    public static void migrate(DataSource database, List<String> schemas) {
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
    }
}
