package de.doppelboden.city.register;

import de.doppelboden.configuration.DataSize;
import de.doppelboden.database.Access;
import de.doppelboden.database.EmbeddedPostgres;
import de.doppelboden.database.EmbeddedSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL server of the model city's own programs; the product's is another one. */
public final class CityCluster implements AutoCloseable {

    /** The database that is there from the start. */
    public static final String FIRST = "stadt";

    private static final int CONNECTIONS = 80;

    private final EmbeddedPostgres server;

    private CityCluster(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts it, or adopts the one that an earlier process left running. */
    public static CityCluster start(Path folder, int port, SecureRandom random) throws IOException {
        var settings = new EmbeddedSettings(
                folder.resolve("pg"),
                folder.resolve("keys"),
                folder.resolve("log").resolve("postgresql.log"),
                port,
                DataSize.parse("64MB"),
                CONNECTIONS,
                FIRST);
        return new CityCluster(EmbeddedPostgres.start(settings, random));
    }

    /** A database of it, as the role that may make roles. */
    public Access access(String database) throws IOException {
        return server.administrator(database);
    }

    /** Makes a database that begins as a copy of another one, to which nobody may be connected. */
    public Access copy(String from, String name) throws IOException, SQLException {
        Access access = server.administrator("postgres");
        try (Connection connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + from + " strategy file_copy");
        }
        return access(name);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
