package de.doppelboden.console;

import de.doppelboden.identity.FormTokens;
import de.doppelboden.identity.Session;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The opaque id by which a person stands in records that are kept for ever. */
@Component
final class Actors {

    private final FormTokens tokens;

    Actors(FormTokens tokens) {
        this.tokens = tokens;
    }

    String opaque(Session person) {
        return UUID.nameUUIDFromBytes(tokens.tokenFor("actor " + person.login()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
