package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.GateSettings;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.Time;
import de.doppelboden.continuity.failover.ChangeGate;
import de.doppelboden.continuity.failover.Circumstances;
import de.doppelboden.continuity.failover.FailoverController;
import de.doppelboden.continuity.failover.Independence;
import de.doppelboden.continuity.failover.Saved;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.continuity.journal.Acknowledged;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.journal.Reconciler;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway process: its loops, its disk, its clock, its connections; it can be killed, stopped for a while, and cut off. */
final class GatewayModel {

    private static final double TICK = 0.1;

    final String name;
    final World world;
    final City city;
    private final double clockRate;
    private final long clockOrigin;
    private long wallJump;

    boolean primaryReachable = true;
    boolean standbyReachable = true;
    boolean storeReachable = true;
    boolean peerReachable = true;

    private int life;
    private boolean alive;
    private long pausedUntil;
    private Optional<Saved> savedOnDisk = Optional.empty();
    private Optional<Steward.Kept> keptOnDisk = Optional.empty();
    private Optional<Backlog> backlog = Optional.empty();
    private long backlogAt;
    private Optional<Acknowledged> acknowledged = Optional.empty();

    final StoreLink link;
    Judge judge;
    FailoverController controller;
    Steward steward;
    ChangeGate gate;
    DataPath path;
    private Optional<Permit> permitInStore = Optional.empty();

    GatewayModel(String name, World world, City city) {
        this.name = name;
        this.world = world;
        this.city = city;
        this.link = new StoreLink(world, city.store, this);
        this.clockRate = world.between(0.995, 1.005);
        this.clockOrigin = world.random.nextLong(1_000_000_000_000L);
    }

    int life() {
        return life;
    }

    /** Whoever has blocked finds out here that its process was killed meanwhile. */
    void stillIn(int itsLife) {
        if (life != itsLife || !alive) {
            throw new Crash();
        }
        if (paused()) {
            world.block((pausedUntil - world.now()) / 1e9);
            if (life != itsLife) {
                throw new Crash();
            }
        }
    }

    boolean alive() {
        return alive;
    }

    boolean paused() {
        return world.now() < pausedUntil;
    }

    void pause(double seconds) {
        world.trace("%s stops for %.2f s".formatted(name, seconds));
        pausedUntil = world.now() + (long) (seconds * 1e9);
    }

    void jumpWallClock(double seconds) {
        world.trace("%s: the wall clock jumps by %.0f s".formatted(name, seconds));
        wallJump += (long) (seconds * 1e9);
    }

    void kill() {
        if (alive) {
            world.trace(name + " is killed");
            alive = false;
            life++;
        }
    }

    private Time clock(boolean byWall) {
        return new Time() {
            @Override
            public Instant wall() {
                return World.START.plusNanos(world.now() + wallJump);
            }

            @Override
            public long nanos() {
                return clockOrigin + (long) (world.now() * clockRate) + (byWall ? wallJump : 0);
            }
        };
    }

    Instant wall() {
        return World.START.plusNanos(world.now() + wallJump);
    }

    long nanos() {
        return clockOrigin + (long) (world.now() * clockRate);
    }

    void start() {
        life++;
        alive = true;
        var time = clock(false);
        var forgets = world.has(Bug.RESTART_FORGETS);
        var start = savedOnDisk
                .filter(saved -> !forgets)
                .orElseGet(() -> FailoverController.first(city.service, Ownership.initial(World.START), time.wall()));
        var kept = keptOnDisk
                .filter(known -> !forgets)
                .orElse(new Steward.Kept(start.ownership(), forgets ? Optional.of(Set.of()) : Optional.empty()));
        world.trace("%s starts in %s, epoch %d, %s"
                .formatted(name, start.state(), start.ownership().epoch(), kept));
        judge = new Judge(city.service, time);
        steward = new Steward(
                name,
                city.service.lease(),
                clock(world.has(Bug.LEASE_BY_WALL_CLOCK)),
                kept,
                known -> keptOnDisk = Optional.of(known));
        controller = new FailoverController(city.service, time, judge, steward, start);
        gate = new ChangeGate(
                new GateSettings(Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(5)),
                time,
                permitInStore);
        path = new DataPath(this);
        var reconciler = new Reconciler(city.service, new JournalLink(this), new ReplayLink(this), time);
        every(TICK, this::step);
        every(0.25, () -> steward.exchange(link));
        every(0.2, () -> reconcile(reconciler));
        every(0.2, this::pollBacklog);
        every(0.3, this::askForVouch);
        every(1, path::probe);
    }

    /** A thread of this process. */
    private void every(double seconds, Runnable what) {
        var mine = life;
        world.after(world.between(0, seconds), () -> again(seconds, what, mine));
    }

    private void again(double seconds, Runnable what, int mine) {
        if (life != mine || !alive) {
            return;
        }
        if (paused()) {
            world.after((pausedUntil - world.now()) / 1e9, () -> again(seconds, what, mine));
            return;
        }
        try {
            what.run();
        } catch (Crash killed) {
            return;
        }
        world.after(seconds, () -> again(seconds, what, mine));
    }

    private void step() {
        var before = controller.state();
        var decision = controller.step(circumstances());
        if (decision.noteworthy()) {
            world.trace("%s %s -> %s, %s: %s"
                    .formatted(name, before, controller.state(), decision.action(), decision.reason()));
        }
        city.auditor.decided(this, before, decision);
        keep();
        var changed = gate.step(controller.evidence());
        if (changed.noteworthy()) {
            world.trace(name + " gate: " + changed);
        }
        permitInStore = gate.permit();
        if (before.serving() == Side.PRIMARY && controller.state().serving() == Side.STANDBY) {
            path.noteSuspects();
        }
        path.probeOnDoubt();
    }

    private void keep() {
        savedOnDisk = Optional.of(controller.save());
    }

    Circumstances circumstances() {
        var fresh = world.now() - backlogAt < 1_000_000_000L ? backlog : Optional.<Backlog>empty();
        return new Circumstances(
                new FeedState(FeedState.Phase.RUNNING, Optional.of(new Lag(World.START)), "the feed runs"),
                fresh,
                path.writesToStandby(),
                acknowledged,
                world.has(Bug.SHARED_PARTS_ARE_IGNORED) ? new Independence(Map.of(), Map.of()) : city.independence,
                gate.permit());
    }

    private void pollBacklog() {
        try {
            backlog = Optional.of(link.call(city.store::backlog));
            backlogAt = world.now();
            acknowledged = lookFor(controller.promised());
        } catch (StoreUnavailable unavailable) {
            backlog = Optional.empty();
        }
    }

    private Optional<Acknowledged> lookFor(Optional<Set<String>> promised) throws StoreUnavailable {
        if (promised.isEmpty()) {
            return Optional.empty();
        }
        var keys = promised.get();
        return Optional.of(new Acknowledged(keys.size(), link.call(() -> city.store.missing(keys))));
    }

    private void reconcile(Reconciler reconciler) {
        var state = controller.state();
        if (state != State.FAILING_OVER && state != State.ON_STANDBY) {
            var done = reconciler.step(20);
            if (done.noteworthy()) {
                world.trace(name + " reconciles: " + done.reason());
            }
        }
    }

    private void askForVouch() {
        var peer = city.peerOf(this);
        if (steward.needsVouchOf().filter(peer.name::equals).isEmpty()) {
            return;
        }
        var mine = life;
        var asked = nanos();
        var epoch = steward.ownership().epoch();
        message(peer, () -> {
            if (peer.alive && !peer.paused()) {
                var vouched = world.has(Bug.VOUCHES_ALWAYS) || peer.steward.vouch(name, epoch);
                peer.message(this, () -> {
                    if (vouched && life == mine && alive) {
                        steward.vouched(peer.name, epoch, asked);
                    }
                });
            }
        });
    }

    private void message(GatewayModel to, Runnable what) {
        if (peerReachable && to.peerReachable && !world.chance(0.02)) {
            world.after(world.chance(0.05) ? world.between(0.1, 2) : 0.002, what);
        }
    }

    /** A person orders something at this gateway. */
    Decision order(Order order) {
        var decision = controller.order(order, circumstances());
        world.trace("%s is ordered %s: %s".formatted(name, order, decision));
        keep();
        if (controller.state() == State.FAILING_OVER) {
            path.noteSuspects();
        }
        return decision;
    }
}
