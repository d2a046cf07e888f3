package de.doppelboden.console;

import de.doppelboden.evidence.Accepted;
import de.doppelboden.evidence.EvidenceLog;
import de.doppelboden.evidence.Note;
import de.doppelboden.identity.Session;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What people do in the console, put on record. Any thread. */
@Component
final class Evidence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    private final EvidenceLog log;
    private final Actors actors;

    Evidence(ControlSettings settings, Actors actors, InstantSource clock) throws IOException {
        this.actors = actors;
        this.log = EvidenceLog.open(
                settings.database().access(),
                settings.data().resolve("evidence"),
                "control",
                clock,
                new SecureRandom(),
                List.of());
    }

    /** Waits until it is durable. */
    void note(String service, String kind, String sentence, Session by) {
        try {
            Accepted accepted = log.append(new Note(service, kind, sentence).by(UUID.fromString(actors.opaque(by))));
            if (accepted instanceof Accepted.Refused refused) {
                LOG.error("not on record: {} ({})", kind, refused.reason());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("not on record: {} (interrupted)", kind);
        }
    }

    /** By which she stands in records. */
    String actor(Session person) {
        return actors.opaque(person);
    }

    @Override
    public void close() {
        log.close();
    }
}
