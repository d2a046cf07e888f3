package de.doppelboden.bench.failover;

import de.doppelboden.city.people.Pace;
import de.doppelboden.city.webapp.Side;
import java.io.IOException;
import java.util.Random;

/**
 * One scenario, one gateway.
 *
 * @param primaryPort and {@code standbyPort}: where the sides listen
 * @param perSecond requests of users
 */
public record Play(Scenario scenario, int primaryPort, int standbyPort, double perSecond, long seed, Pace pace) {

    private static final int LOOKS = 1_200;
    private static final long LOOK_NANOS = 50_000_000;
    private static final double SETTLES_SECONDS = 0.7;

    /** What stands between the users and the sides; started anew for each scenario. */
    public interface Gateway extends AutoCloseable {

        int port();

        @Override
        void close();
    }

    /** Starts a gateway between the sides of a play. */
    @FunctionalInterface
    public interface Starter {
        Gateway start(Play play) throws Exception;
    }

    public Outcome with(Starter starter) throws Exception {
        var clock = new Side.Clock(pace);
        try (var primary = new Side(true, primaryPort, scenario.script(), clock, new Random(seed));
                var standby = new Side(false, standbyPort, scenario.script(), clock, new Random(seed + 1))) {
            primary.open();
            standby.open();
            try (var gateway = starter.start(this)) {
                var users = new Users(gateway.port(), clock);
                awaitServed(users);
                users.warmUp();
                pace.pause((long) (SETTLES_SECONDS * 1e9));
                primary.forget();
                standby.forget();
                clock.start();
                Thread script = Thread.ofVirtual().name("script").start(() -> crashAndReturn(primary, clock));
                var got = users.come(scenario, perSecond, Users.random(scenario, seed));
                script.join();
                return Outcome.of(scenario, got, primary, standby);
            }
        }
    }

    private void awaitServed(Users users) throws IOException, InterruptedException {
        for (int i = 0; i < LOOKS; i++) {
            if (users.served()) {
                return;
            }
            pace.pause(LOOK_NANOS);
        }
        throw new IOException("the gateway does not serve");
    }

    private void crashAndReturn(Side primary, Side.Clock clock) {
        if (!scenario.crashes()) {
            return;
        }
        try {
            clock.until(scenario.from());
            primary.crash();
            clock.until(scenario.to());
            primary.open();
        } catch (IOException e) {
            throw new IllegalStateException("the primary did not come back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
