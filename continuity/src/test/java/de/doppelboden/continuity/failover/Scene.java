package de.doppelboden.continuity.failover;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.SteppedTime;
import de.doppelboden.continuity.Timetable;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.continuity.journal.Acknowledged;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.judge.Flight;
import de.doppelboden.continuity.judge.Judge;
import de.doppelboden.continuity.ownership.MemoryStore;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A controller in stepped time whose sides, store and journal do what a test says; each step is a tick of users and probes. */
public final class Scene {

    static final Operation SEARCH =
            new Operation("register.search", true, Policy.SAFE, Duration.ofSeconds(1), false, "register");
    static final Operation MOVE =
            new Operation("register.move", false, Policy.PROVISIONAL, Duration.ofSeconds(1), false, "register");
    static final Operation ACT =
            new Operation("register.act", false, Policy.FORBIDDEN, Duration.ofSeconds(1), false, "register");
    public static final Operation ARRIVE =
            new Operation("register.immigrate", false, Policy.REVIEW, Duration.ofSeconds(1), false, "register");
    private static final Duration TICK = Duration.ofMillis(50);

    final SteppedTime time = new SteppedTime();
    public final Service service;
    final Judge judge;
    final Steward steward;
    final FailoverController controller;
    final MemoryStore store = new MemoryStore();
    Outcome primary = Outcome.IN_BUDGET;
    Outcome standby = Outcome.IN_BUDGET;
    Outcome standbysUsers = Outcome.IN_BUDGET;
    /** As its probes, where a test does not say otherwise. */
    Optional<Outcome> primarysUsers = Optional.empty();

    FeedState feed = new FeedState(FeedState.Phase.RUNNING, Optional.of(new Lag(Instant.MAX)), "the feed runs");
    Optional<Backlog> backlog = Optional.of(Backlog.EMPTY);
    Optional<Acknowledged> acknowledged = Optional.of(new Acknowledged(0, 0));
    Independence independence = new Independence(Map.of(), Map.of());
    Optional<Permit> permit = Optional.empty();
    Decision last = Decision.stay("");

    public Scene(KeyKind keys) {
        this(keys, Mode.AUTOMATIC, Optional.empty());
    }

    public Scene(KeyKind keys, Mode mode, Optional<Timetable> timetable) {
        this(keys, mode, timetable, Optional.empty());
    }

    public Scene(KeyKind keys, Mode mode, Optional<Timetable> timetable, Optional<Saved> start) {
        this.service = new Service(
                "register",
                keys,
                false,
                List.of(SEARCH, MOVE, ACT, ARRIVE),
                mode,
                JudgeSettings.DEFAULT,
                ReturnSettings.DEFAULT,
                LeaseSettings.DEFAULT,
                new ProofSettings(
                        Duration.ofDays(30),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        20,
                        95,
                        Slice.share(10),
                        timetable));
        this.judge = new Judge(service, time);
        var first =
                start.orElseGet(() -> FailoverController.first(service, Ownership.initial(time.wall()), time.wall()));
        this.steward = new Steward(
                "g1", service.lease(), time, new Steward.Kept(first.ownership(), Optional.of(Set.of())), kept -> {});
        this.controller = new FailoverController(service, time, judge, steward, first);
    }

    Circumstances now() {
        return new Circumstances(
                feed,
                backlog,
                0,
                controller.promised().isPresent() ? acknowledged : Optional.empty(),
                independence,
                permit);
    }

    /** Lets time pass: ten users a second on the side that serves them, a probe of each side, the steward's talk, a pass. */
    Scene pass(Duration duration) {
        var end = time.nanos() + duration.toNanos();
        for (var tick = 0; time.nanos() - end < 0; tick++) {
            time.pass(TICK);
            if (tick % 2 == 0) {
                user("desk-" + tick % 80);
            }
            if (tick % 10 == 0) {
                ended(judge.begin(SEARCH, Side.PRIMARY, Source.PROBE, time.nanos()), primary);
                ended(judge.begin(SEARCH, Side.STANDBY, Source.PROBE, time.nanos()), standby);
            }
            if (tick % 5 == 0) {
                steward.exchange(store);
            }
            last = controller.step(now());
        }
        return this;
    }

    private void user(String slice) {
        var side =
                controller.users().way(SEARCH, null, slice, time.nanos()) == Way.STANDBY ? Side.STANDBY : Side.PRIMARY;
        ended(
                judge.begin(SEARCH, side, Source.USER, time.nanos()),
                side == Side.PRIMARY ? primarysUsers.orElse(primary) : standbysUsers);
    }

    private void ended(Flight flight, Outcome outcome) {
        flight.ended(outcome, time.nanos() + 5_000_000L);
    }

    Way way(Operation operation, Key key, String slice) {
        return controller.users().way(operation, key, slice, time.nanos());
    }

    Decision order(Order order) {
        return controller.order(order, now());
    }

    Decision prove() {
        return order(new Order.Prove(service.proof().slice(), Slice.named("resident/1"), "person", "a test"));
    }
}
