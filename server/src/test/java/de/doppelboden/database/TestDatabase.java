package de.doppelboden.database;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of its own for a test class, on the server that all tests of the JVM share:
 * {@code @RegisterExtension static final TestDatabase database = TestDatabase.with("evidence", "cycle");}
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private final List<String> schemas;
    private @Nullable Access access;
    private @Nullable Database database;

    private TestDatabase(List<String> schemas) {
        this.schemas = schemas;
    }

    /** With the given schemas migrated. */
    public static TestDatabase with(String... schemas) {
        return new TestDatabase(List.of(schemas));
    }

    public Access access() {
        return Objects.requireNonNull(access);
    }

    public Database database() {
        return Objects.requireNonNull(database);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        access = EmbeddedPostgresFixture.freshDatabase();
        database = Database.open(access, "test", 8, Duration.ofSeconds(30));
        Migrations.migrate(database.dataSource(), schemas);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        database().close();
    }
}
