package de.doppelboden.supervisor;

import java.time.Duration;

/** How long to wait before something that died is started again: short at first, doubled while it keeps dying. */
final class Pause {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration WELL = Duration.ofSeconds(30);

    private final Duration longest;
    private Duration next = FIRST;

    Pause(Duration longest) {
        this.longest = longest;
    }

    /** The pause after a run of the given length. */
    Duration after(Duration run) {
        if (run.compareTo(WELL) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }
}
