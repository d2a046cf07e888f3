package de.doppelboden.console;

import de.doppelboden.database.Database;
import de.doppelboden.evidence.People;
import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.Session;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The opaque id by which a person stands in records that are kept for ever. */
@Component
final class Actors {

    private static final Logger LOG = LoggerFactory.getLogger(Actors.class);

    private final FormTokens tokens;
    private final People people;

    Actors(FormTokens tokens, Database database, InstantSource clock) {
        this.tokens = tokens;
        this.people = new People(database.dataSource(), clock, new SecureRandom());
    }

    /** From the list beside the evidence log; without the database one that only we can make from the log-in name. */
    String opaque(Session person) {
        try {
            return people.id(person.name() + " (" + person.login() + ")").toString();
        } catch (SQLException e) {
            LOG.warn("an act is recorded under an id without a name, because the database is away");
            return UUID.nameUUIDFromBytes(
                            tokens.tokenFor("actor " + person.login()).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
    }
}
