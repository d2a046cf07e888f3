package de.doppelboden.register.gate;

import de.doppelboden.database.Database;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clerks of the standby's copy, in memory, so that they are known while the database is away. Any thread. */
final class Clerks {

    private static final Logger log = LoggerFactory.getLogger(Clerks.class);
    private static final int MOST = 50_000;

    private final Database database;
    private volatile Map<String, Clerk> known = Map.of();

    Clerks(Database database) {
        this.database = database;
    }

    /** Empty while the copy does not know her, or if she works no longer. */
    Optional<Clerk> find(String login) {
        return Optional.ofNullable(known.get(login.toLowerCase(Locale.ROOT)));
    }

    boolean loaded() {
        return !known.isEmpty();
    }

    /** Reads them again; called every few seconds, blocks. */
    void refresh() {
        try {
            known = database.transaction(connection -> {
                var clerks = new HashMap<String, Clerk>();
                try (var statement = connection.prepareStatement(
                                "select kennung, name, dienststelle, rollen, rechte from register.clerk where aktiv limit "
                                        + MOST);
                        var row = statement.executeQuery()) {
                    while (row.next()) {
                        var clerk = new Clerk(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                List.of((String[]) row.getArray(4).getArray()),
                                List.of((String[]) row.getArray(5).getArray()));
                        clerks.put(clerk.login().toLowerCase(Locale.ROOT), clerk);
                    }
                }
                return Map.copyOf(clerks);
            });
        } catch (SQLException away) {
            log.debug("the list of clerks stays as it is: {}", away.getMessage());
        }
    }
}
