package de.doppelboden.bench;

import de.doppelboden.city.FreePorts;
import de.doppelboden.configuration.DataSize;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.database.EmbeddedPostgres;
import de.doppelboden.database.EmbeddedSettings;
import de.doppelboden.database.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** The product's PostgreSQL with the product's tables and settings, and room for as many connections as a peer wants. */
final class OwnServer implements AutoCloseable {

    private static final String NAME = "doppelboden";
    private static final int CONNECTIONS = 120;

    private final EmbeddedPostgres server;

    private OwnServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static OwnServer start(Path folder, SecureRandom random) throws IOException {
        int port = FreePorts.some(1).getFirst();
        var server = new OwnServer(EmbeddedPostgres.start(
                new EmbeddedSettings(
                        folder.resolve("pg"),
                        folder.resolve("keys"),
                        folder.resolve("log/postgresql.log"),
                        port,
                        DataSize.parse("64MB"),
                        CONNECTIONS,
                        NAME),
                random));
        try (Database database = server.open("migrate", 2)) {
            Migrations.migrate(database.dataSource(), Migrations.SCHEMAS);
        }
        return server;
    }

    /** The product's database as the product reaches it. */
    Access access() throws IOException {
        return server.access();
    }

    Database open(String name, int connections) throws IOException {
        return Database.open(server.access(), name, connections, Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** A database of its own on the same server, as a role that may do everything. */
    Access beside(String name) throws IOException, SQLException {
        execute(server.administrator("postgres"), "create database " + name);
        return server.administrator(name);
    }

    static void execute(Access access, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
