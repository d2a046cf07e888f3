package de.doppelboden.console;

import de.doppelboden.identity.Identity;
import de.doppelboden.identity.Sessions;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Every few seconds brings what is held in memory and the database together, so that people can still log in and out
 * when the database goes. Its first round with a database makes the first administrator, if there is nobody.
 */
@Component
final class Upkeep implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Identity identity;
    private final Sessions sessions;
    private final Rounds rounds = new Rounds();
    private boolean away;
    private boolean begun;

    Upkeep(Identity identity, Sessions sessions) {
        this.identity = identity;
        this.sessions = sessions;
    }

    @Override
    public void start() {
        rounds.start("identity-upkeep", PAUSE, this::round);
    }

    @Override
    public void stop() {
        rounds.stop();
    }

    @Override
    public boolean isRunning() {
        return rounds.running();
    }

    private void round() {
        try {
            if (!begun) {
                identity.firstStart().ifPresent(first -> LOG.info("made the first log-in; see keys/first-login.txt"));
                begun = true;
            }
            identity.refresh();
            sessions.refresh();
            if (away) {
                LOG.info("the database is back: people and sessions are read again");
            }
            away = false;
        } catch (SQLException | IOException e) {
            if (!away) {
                LOG.warn("people and sessions are answered from memory: {}", e.getMessage());
            }
            away = true;
        }
    }
}
