package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.simulation.World;
import java.util.Optional;

/** People and programs that use a web application. */
final class Visitors {

    private static final int ATTEMPTS = 3;
    private static final int PEOPLE = 200;
    private static final String[] SLICES = new String[PEOPLE];

    static {
        for (var i = 0; i < PEOPLE; i++) {
            SLICES[i] = "visitor-" + i;
        }
    }

    private final Site site;
    private final World world;
    private final double perSecond;
    private final double until;

    /** The share of requests that are their sender's own error. */
    double ownErrors;

    private long writes;

    Visitors(Site site, double perSecond, double until) {
        this.site = site;
        this.world = site.world;
        this.perSecond = perSecond;
        this.until = until;
        arrivals(perSecond, until);
    }

    private void arrivals(double rate, double end) {
        world.after(-Math.log(1 - world.random.nextDouble()) / rate, () -> {
            if (world.seconds() < end) {
                arrivals(rate, end);
                arrival();
            }
        });
    }

    /** So many times as many as ever, for a while. */
    void burst(double factor, double seconds) {
        arrivals(perSecond * (factor - 1), Math.min(until, world.seconds() + seconds));
    }

    /** Somebody's program sends one wrong request after the other. */
    void brokenProgram(int page, double rate, double seconds) {
        wrong(page, rate, Math.min(until, world.seconds() + seconds));
    }

    private void wrong(int page, double rate, double end) {
        world.after(-Math.log(1 - world.random.nextDouble()) / rate, () -> {
            if (world.seconds() < end) {
                wrong(page, rate, end);
                send(page, true);
            }
        });
    }

    /** Four of five are reads. */
    private void arrival() {
        var areas = site.operations.size() / 2;
        var page = 2 * world.random.nextInt(areas) + (world.chance(0.2) ? 1 : 0);
        send(page, ownErrors > 0 && world.chance(ownErrors));
    }

    private void send(int page, boolean error) {
        var operation = site.operations.get(page);
        var slice = SLICES[world.random.nextInt(PEOPLE)];
        if (operation.read()) {
            site.gate.request(page, error, Optional.empty(), slice, answer -> {});
        } else {
            write(page, error, new Write(++writes, operation, world.chance(0.2)), slice, 1);
        }
    }

    /** Who is told that it is not done does it again; who is told nothing, or an error, looks first. */
    private void write(int page, boolean error, Write what, String slice, int attempt) {
        site.gate.request(page, error, Optional.of(what), slice, answer -> {
            if (answer == Errand.Answer.NOT_DONE && attempt < ATTEMPTS) {
                world.after(world.between(0.5, 2), () -> write(page, error, what, slice, attempt + 1));
            }
        });
    }
}
