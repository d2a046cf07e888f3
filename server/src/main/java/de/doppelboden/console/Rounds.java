package de.doppelboden.console;

import java.time.Duration;

/** Does something again and again on a thread of its own, with pauses, until it is stopped. Any thread. */
final class Rounds {

    private final Object bell = new Object();
    private volatile boolean running;

    /** Begins with a round at once. */
    void start(String name, Duration pause, Runnable round) {
        running = true;
        Thread.ofVirtual().name(name).start(() -> {
            while (running) {
                round.run();
                pause(pause);
            }
        });
    }

    private void pause(Duration pause) {
        synchronized (bell) {
            try {
                if (running) {
                    bell.wait(pause.toMillis());
                }
            } catch (InterruptedException e) {
                running = false;
            }
        }
    }

    /** A round that is under way ends, and no other begins. */
    void stop() {
        running = false;
        synchronized (bell) {
            bell.notifyAll();
        }
    }

    boolean running() {
        return running;
    }
}
