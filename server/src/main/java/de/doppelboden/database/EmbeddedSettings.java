package de.doppelboden.database;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataSize;
import de.doppelboden.configuration.DatabaseSettings;
import java.nio.file.Path;

/**
 * Where and how an embedded server runs.
 *
 * @param folder with the cluster; need not exist yet
 * @param keys folder with the passwords, made at the first start
 * @param log file that the server writes to
 * @param database made at the first start, owned by the role of the same name
 */
public record EmbeddedSettings(
        Path folder, Path keys, Path log, int port, DataSize sharedBuffers, int connections, String database) {

    /** The product's own server. */
    public static EmbeddedSettings of(Configuration configuration, DatabaseSettings.Embedded embedded) {
        return new EmbeddedSettings(
                configuration.data().resolve("pg"),
                configuration.keys(),
                configuration.data().resolve("log/postgresql.log"),
                embedded.port(),
                embedded.sharedBuffers(),
                embedded.connections(),
                Access.DATABASE);
    }

    public EmbeddedSettings withPort(int other) {
        return new EmbeddedSettings(folder, keys, log, other, sharedBuffers, connections, database);
    }

    Path passwordFile() {
        return keys.resolve("database.password");
    }

    Path administratorPasswordFile() {
        return keys.resolve("database-administrator.password");
    }
}
