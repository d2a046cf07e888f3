package de.doppelboden.city.register;

import de.doppelboden.configuration.DataFolder;
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

    private static final String ADMINISTRATOR_PASSWORD = "database-administrator.password";
    private static final int CONNECTIONS = 80;

    private final EmbeddedPostgres server;

    private CityCluster(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts it, or adopts the one that an earlier process left running. */
    public static CityCluster start(Path folder, int port, SecureRandom random) throws IOException {
        return new CityCluster(EmbeddedPostgres.start(settings(folder, port), random));
    }

    private static EmbeddedSettings settings(Path folder, int port) {
        return new EmbeddedSettings(
                folder.resolve("pg"),
                folder.resolve("keys"),
                folder.resolve("log").resolve("postgresql.log"),
                port,
                DataSize.parse("64MB"),
                CONNECTIONS,
                FIRST);
    }

    /** How a database of it will be reached, for somebody who has to know before it is started. */
    public static Access reachable(Path folder, int port, String database, SecureRandom random) throws IOException {
        String password = DataFolder.secret(settings(folder, port).keys().resolve(ADMINISTRATOR_PASSWORD), random);
        return new Access("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "administrator", password);
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
