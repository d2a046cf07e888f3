package de.doppelboden.continuity.judge;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Hands flights from the threads that begin them to the one that weighs: one exchange for each, wait-free for the
 * beginners (Dmitry Vyukov's intrusive queue of many producers and one consumer, 1024cores.net).
 */
final class FlightQueue {

    private static final Operation NOTHING =
            new Operation("-", true, Policy.SAFE, java.time.Duration.ofSeconds(1), false, "");

    private final AtomicReference<Flight> last;
    private Flight seen;

    FlightQueue() {
        seen = new Flight(NOTHING, Side.PRIMARY, Source.PROBE, 0, null);
        last = new AtomicReference<>(seen);
    }

    /** Any thread. */
    void add(Flight flight) {
        last.getAndSet(flight).next(flight);
    }

    /** The weighing thread only. A flight whose beginner was stopped between its two steps is seen the next time. */
    void drain(Consumer<Flight> to) {
        for (var next = seen.next(); next != null; next = seen.next()) {
            seen.next(null); // else one that was moved to the old generation keeps all that came after it from being
            // collected
            seen = next;
            to.accept(next);
        }
    }
}
