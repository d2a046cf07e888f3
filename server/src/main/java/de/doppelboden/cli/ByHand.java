package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.evidence.EvidenceLog;
import de.doppelboden.evidence.Note;
import de.doppelboden.evidence.People;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** What somebody does on the machine itself, straight in the database, with its entry in the evidence log. */
final class ByHand {

    private ByHand() {}

    /** The user of the machine, as an opaque id. */
    static UUID actor(Database database) throws SQLException {
        return new People(database.dataSource(), InstantSource.system(), new SecureRandom())
                .id("user of the machine: " + System.getProperty("user.name"));
    }

    static void record(Configuration configuration, Database database, Note note) throws SQLException, IOException {
        try (EvidenceLog log = EvidenceLog.open(
                Access.of(configuration),
                configuration.data().resolve("evidence"),
                "cli",
                InstantSource.system(),
                new SecureRandom(),
                List.of())) {
            database.transaction(connection -> {
                log.appendWithin(connection, note);
                return true;
            });
        }
    }
}
