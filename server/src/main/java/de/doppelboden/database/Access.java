package de.doppelboden.database;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;

/** How a database is reached. Its text never shows the password. */
public record Access(String url, String user, String password) {

    static final String DATABASE = "doppelboden";

    /** The product's database, embedded or not; the password file must be there already. */
    public static Access of(Configuration configuration) throws IOException {
        return switch (configuration.database()) {
            case DatabaseSettings.Embedded embedded ->
                local(embedded.port(), DATABASE, DATABASE, configuration.keys().resolve("database.password"));
            case DatabaseSettings.External external ->
                new Access(external.url(), external.user(), DataFolder.readSecret(external.passwordFile()));
        };
    }

    static Access local(int port, String database, String user, Path passwordFile) throws IOException {
        return new Access(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, user, DataFolder.readSecret(passwordFile));
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
