package de.doppelboden.continuity.simulation.webapp;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.Circumstances;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Independence;
import de.doppelboden.continuity.failover.Saved;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.judge.Evidence;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Steward;
import de.doppelboden.continuity.simulation.World;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The gateway process before a web application: its control loop and its probes; it can be killed, and stopped for a while. */
final class WebGate {

    private static final int PROBES_AT_ONCE = 3;
    private static final int PROBED_PAGE = 0;

    /** After so many passes without anything under way nothing can be said before something is observed again. */
    private static final int IDLE_PASSES = 4;

    private static final Circumstances CIRCUMSTANCES = new Circumstances(
            new FeedState(FeedState.Phase.RUNNING, Optional.of(new Lag(Instant.MAX)), "it is kept current"),
            Optional.of(Backlog.EMPTY),
            0,
            Optional.empty(),
            new Independence(Map.of(), Map.of()),
            Optional.empty());

    private final World world;
    private final Site site;
    private final double tick;
    private final Time time;
    private final int[] probing = new int[2];
    private FailoverController controller;
    private Relay relay;
    private Optional<Saved> onDisk = Optional.empty();
    private boolean alive;
    private boolean asleep;
    private int idle;
    private int lives;
    private long pausedUntil;

    WebGate(Site site) {
        this.site = site;
        this.world = site.world;
        this.tick = site.shape.judge().tick().toNanos() / 1e9;
        this.time = Time.of(() -> World.START.plusNanos(world.now()), world::now);
    }

    void start() {
        alive = true;
        asleep = false;
        lives++;
        idle = 0;
        probing[0] = 0;
        probing[1] = 0;
        var start = onDisk.filter(saved -> !world.has(WebAppBug.RESTART_FORGETS))
                .orElseGet(() -> FailoverController.first(site.service, Ownership.initial(World.START), time.wall()));
        var kept = new Steward.Kept(start.ownership(), Optional.of(Set.of()));
        var judge = new Judge(site.service, time);
        var steward = new Steward("gate", site.service.lease(), time, kept, known -> {});
        controller = new FailoverController(site.service, time, judge, steward, start);
        relay = new Relay(site, this, judge, controller);
        world.trace("the gateway starts in " + start.state());
        relay.later(world.between(0, tick), this::pass);
        relay.later(world.between(0, site.shape.probeSeconds()), this::probes);
    }

    void kill() {
        if (alive) {
            world.trace("the gateway is killed");
            alive = false;
            relay.cutOff();
        }
    }

    void pause(double seconds) {
        world.trace("the gateway stops for %.2f s".formatted(seconds));
        pausedUntil = Math.max(pausedUntil, world.now() + (long) (seconds * 1e9));
    }

    /** Something that a process does, if it is still there, and when it runs. */
    void whenRunning(Relay mine, Runnable what) {
        if (mine != relay || !alive) {
            return;
        }
        if (paused()) {
            world.after((pausedUntil - world.now()) / 1e9 + 1e-6, () -> whenRunning(mine, what));
            return;
        }
        what.run();
    }

    private boolean paused() {
        return world.now() < pausedUntil;
    }

    private void pass() {
        step();
        idle = relay.underWay() == 0 && quiet() ? idle + 1 : 0;
        if (idle < IDLE_PASSES) {
            relay.later(tick, this::pass);
        } else {
            asleep = true;
        }
    }

    private boolean quiet() {
        return controller.state() == State.NORMAL
                && controller.evidence().doubts().isEmpty()
                && moved().isEmpty();
    }

    /** A pass just before something begins: the time since the last one was nobody's waiting. */
    private void wake() {
        if (asleep) {
            asleep = false;
            idle = 0;
            step();
            relay.later(tick, this::pass);
        }
    }

    private void step() {
        var before = controller.state();
        var moved = moved();
        var decision = controller.step(CIRCUMSTANCES);
        onDisk = Optional.of(controller.save());
        if (decision.noteworthy()) {
            world.trace("%s -> %s, %s: %s".formatted(before, controller.state(), decision.action(), decision.reason()));
            relay.look();
        }
        site.watcher().decided(before, decision, moved);
        for (var side : controller.evidence().doubts()) {
            if (probing[side.ordinal()] < PROBES_AT_ONCE) {
                probe(side);
            }
        }
    }

    private void probes() {
        relay.later(site.shape.probeSeconds(), this::probes);
        wake();
        probe(Side.PRIMARY);
        probe(Side.STANDBY);
    }

    private void probe(Side side) {
        if (side == Side.STANDBY && world.has(WebAppBug.STANDBY_IS_NOT_WATCHED)) {
            return;
        }
        probing[side.ordinal()]++;
        var page = relay.operation(PROBED_PAGE);
        var request = new Attempt.Request(PROBED_PAGE, page, false, Optional.empty(), "");
        relay.send(new Attempt(
                relay, request, side, relay.begins(page, side, Source.PROBE), outcome -> probing[side.ordinal()]--));
    }

    /** A visitor's request; while the process stands still its connection waits. */
    void request(int page, boolean usersError, Optional<Write> write, String slice, Consumer<Errand.Answer> visitor) {
        if (!alive) {
            visitor.accept(Errand.Answer.NOT_DONE);
            return;
        }
        relay.whenRunning(() -> {
            wake();
            relay.request(page, usersError, write, slice, visitor);
        });
    }

    /** A person's order; while the process stands still its connection waits. */
    void order(Order order) {
        relay.whenRunning(() -> {
            wake();
            var decision = controller.order(order, CIRCUMSTANCES);
            onDisk = Optional.of(controller.save());
            world.trace(order + ": " + decision);
            relay.look();
        });
    }

    boolean alive() {
        return alive;
    }

    boolean runs() {
        return alive && !paused();
    }

    /** Counts its processes. */
    int lives() {
        return lives;
    }

    State state() {
        return controller.state();
    }

    Set<String> moved() {
        return controller.save().movedClasses();
    }

    Mode mode() {
        return controller.mode();
    }

    Evidence evidence() {
        return controller.evidence();
    }

    Relay relay() {
        return relay;
    }
}
