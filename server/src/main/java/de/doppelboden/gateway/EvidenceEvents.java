package de.doppelboden.gateway;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.State;
import de.doppelboden.cycle.Events;
import de.doppelboden.evidence.EvidenceLog;
import de.doppelboden.evidence.Note;
import de.doppelboden.evidence.People;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what the cycle decides into the evidence log, in order, on a thread of its own. */
final class EvidenceEvents implements Events, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EvidenceEvents.class);
    private static final int MOST_WAITING = 10_000;

    private final EvidenceLog evidence;
    private final People people;
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("evidence-events").factory(),
            (task, executor) -> log.error("an event was lost: too many wait for the evidence log"));

    EvidenceEvents(EvidenceLog evidence, People people) {
        this.evidence = evidence;
        this.people = people;
    }

    @Override
    public void decided(String service, Decision decision, State state, String actor) {
        String action = decision.action().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String kind = (actor.isEmpty() ? "decision." : "act.") + action;
        var note = new Note(service, kind, decision.reason()).withDetail("{\"state\":\"" + state + "\"}");
        writer.execute(() -> evidence.submit(person(actor).map(note::by).orElse(note)));
    }

    @Override
    public void noted(String service, String kind, String sentence) {
        writer.execute(() -> evidence.submit(new Note(service, kind, sentence)));
    }

    /** Her opaque id; without the database the act is on record without her. */
    private Optional<UUID> person(String actor) {
        if (actor.isEmpty()) {
            return Optional.empty();
        }
        if (actor.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return Optional.of(UUID.fromString(actor));
        }
        try {
            return Optional.of(people.id(actor));
        } catch (SQLException away) {
            log.warn("an act is on record without its person, because the database is away");
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
