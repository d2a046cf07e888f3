package de.doppelboden.bench;

import de.doppelboden.city.people.Pace;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * What a measurement stands on.
 *
 * @param folder empty, for whatever it starts
 * @param seed draws loads and faults
 * @param options what single measurements are told
 * @param says tells whoever waits how far it is
 */
record Ground(Path folder, long seed, Options options, Pace pace, SecureRandom random, Consumer<String> says) {

    /** Tells whoever waits. */
    void say(String line) {
        says.accept(line);
    }

    void pauseSeconds(double seconds) throws InterruptedException {
        pace.pause((long) (seconds * 1e9));
    }
}
