package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Source;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.judge.Flight;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a gateway does with requests: asks the switch, sends, reports what came back. */
final class DataPath {

    private static final double GIVES_UP = 2;
    private static final double HOLD = 2;
    private static final double LOST = 0.005;

    private final GatewayModel gateway;
    private final World world;
    private final City city;
    private final int life;
    private final Map<Act, Long> toPrimary = new LinkedHashMap<>();
    private int toStandby;
    private final int[] probing = new int[2];

    DataPath(GatewayModel gateway) {
        this.gateway = gateway;
        this.world = gateway.world;
        this.city = gateway.city;
        this.life = gateway.life();
    }

    int writesToStandby() {
        return toStandby;
    }

    void read(Operation operation, String slice) {
        var side = gateway.controller.users().way(operation, null, slice, gateway.nanos()) == Way.STANDBY
                ? Side.STANDBY
                : Side.PRIMARY;
        var flight = begin(operation, side, Source.USER);
        send(side, operation, flight, () -> true, outcome -> {});
        if (side == Side.STANDBY && gateway.controller.mirrors(operation, slice)) {
            var mirrored = gateway.judge.pair(flight, Source.MIRROR, gateway.nanos());
            send(Side.PRIMARY, operation, mirrored, () -> true, outcome -> {});
        }
    }

    /** Sends an act; {@code done} hears whether the person was told that it is done. */
    void write(Act act, String slice, double waited, Consumer<Boolean> done) {
        var users = gateway.controller.users();
        var epoch = users.ownership().epoch();
        var key = world.has(Bug.EXERCISE_WRITES_AS_EVER) ? null : act.key;
        var way = users.way(act.operation, key, slice, gateway.nanos());
        if (way == Way.HOLD && world.has(Bug.GATEWAY_IGNORES_HOLD)) {
            way = users.ownership().of(act.key) == Side.PRIMARY ? Way.PRIMARY : Way.STANDBY;
        }
        if (way == Way.FORBIDDEN && world.has(Bug.FORBIDDEN_IS_ACCEPTED)) {
            way = Way.STANDBY;
        }
        switch (way) {
            case PRIMARY -> {
                city.auditor.acts(gateway, act, Side.PRIMARY);
                writeToPrimary(act, epoch, done);
            }
            case STANDBY -> {
                city.auditor.acts(gateway, act, Side.STANDBY);
                writeToStandby(act, epoch, done);
            }
            case HOLD -> {
                if (waited >= HOLD) {
                    done.accept(false);
                } else {
                    world.after(0.1, () -> ifAlive(() -> write(act, slice, waited + 0.1, done)));
                }
            }
            case FORBIDDEN -> done.accept(false);
        }
    }

    private void ifAlive(Runnable what) {
        if (gateway.alive() && gateway.life() == life) {
            what.run();
        }
    }

    private void writeToPrimary(Act act, long epoch, Consumer<Boolean> done) {
        var flight = begin(act.operation, Side.PRIMARY, Source.USER);
        toPrimary.put(act, epoch);
        var answer = new Register.Answer[1];
        SideModel.Effect effect = () -> {
            answer[0] = city.register.carryOut(act.id, act.key, act.base, act.idempotencyKey(world));
            return true;
        };
        send(Side.PRIMARY, act.operation, flight, effect, outcome -> {
            toPrimary.remove(act);
            var good = !outcome.worseThan(Outcome.LATE) && answer[0] != Register.Answer.CONFLICT;
            done.accept(good);
        });
    }

    private void writeToStandby(Act act, long epoch, Consumer<Boolean> done) {
        var flight = begin(act.operation, Side.STANDBY, Source.USER);
        toStandby++;
        var stored = new boolean[1];
        SideModel.Effect effect = () -> {
            if (world.has(Bug.ACKNOWLEDGES_BEFORE_DURABLE) && (!city.store.up || world.chance(0.1))) {
                stored[0] = true;
                return true;
            }
            if (!city.store.up) {
                return false;
            }
            var appended = city.store.append(entry(act, epoch), epoch);
            stored[0] = appended instanceof Appended.Stored || appended instanceof Appended.Duplicate;
            return true;
        };
        send(Side.STANDBY, act.operation, flight, effect, outcome -> {
            toStandby--;
            if (stored[0]) {
                gateway.controller.acknowledged(act.idempotencyKey(world));
            }
            done.accept(stored[0] && !outcome.worseThan(Outcome.LATE));
        });
    }

    private JournalEntry entry(Act act, long epoch) {
        return new JournalEntry(
                0,
                act.idempotencyKey(world),
                act.operation.name(),
                act.key,
                Long.toString(act.base),
                Long.toString(act.id),
                "clerk",
                "office",
                World.START,
                EntryState.OPEN,
                epoch);
    }

    /** Writes that are under way to the primary when users are moved: what became of them is looked up later. */
    void noteSuspects() {
        toPrimary.forEach((act, epoch) -> world.after(0.001, () -> ifAlive(() -> suspect(entry(act, epoch), 0))));
    }

    private void suspect(JournalEntry entry, int attempts) {
        try {
            gateway.link.call(() -> city.store.suspect(entry));
        } catch (StoreUnavailable unavailable) {
            if (attempts < 20) {
                world.after(0.5, () -> ifAlive(() -> suspect(entry, attempts + 1)));
            }
        } catch (Crash killed) {
            world.trace("a suspect was not noted: " + entry.payload());
        }
    }

    void probe() {
        probe(Side.PRIMARY);
        probe(Side.STANDBY);
    }

    void probeOnDoubt() {
        for (var side : gateway.controller.evidence().doubts()) {
            if (probing[side.ordinal()] < 3) {
                probe(side);
            }
        }
    }

    private void probe(Side side) {
        if (side == Side.STANDBY && world.has(Bug.STANDBY_IS_NOT_WATCHED)) {
            return;
        }
        probing[side.ordinal()]++;
        if (side == Side.PRIMARY && world.has(Bug.ONLY_HEALTH_IS_WATCHED)) {
            var flight = gateway.judge.begin(City.SEARCH, side, Source.PROBE, gateway.nanos());
            world.after(0.005, () -> {
                probing[0]--;
                flight.ended(
                        city.primary.health() == SideModel.Health.DEAD ? Outcome.NONE : Outcome.IN_BUDGET,
                        gateway.nanos());
            });
            return;
        }
        send(side, City.SEARCH, begin(City.SEARCH, side, Source.PROBE), () -> true, outcome -> {
            probing[side.ordinal()]--;
            world.trace("%s probes the %s: %s".formatted(gateway.name, side, outcome));
        });
    }

    private @Nullable Flight begin(Operation operation, Side side, Source source) {
        var unseen = side == Side.PRIMARY && source == Source.USER && world.has(Bug.ONLY_HEALTH_IS_WATCHED);
        return unseen ? null : gateway.judge.begin(operation, side, source, gateway.nanos());
    }

    /** Over the network to a side and back; what gets no answer is given up. */
    private void send(
            Side side,
            Operation operation,
            @Nullable Flight flight,
            SideModel.Effect effect,
            Consumer<Outcome> answer) {
        var begun = gateway.nanos();
        var done = new boolean[1];
        Consumer<Outcome> once = outcome -> ifAlive(() -> {
            if (!done[0]) {
                done[0] = true;
                var late = gateway.nanos() - begun > operation.budget().toNanos();
                var got = outcome == Outcome.IN_BUDGET && late ? Outcome.LATE : outcome;
                if (flight != null) {
                    var trusted = side == Side.STANDBY && world.has(Bug.STANDBY_IS_TRUSTED);
                    flight.ended(trusted ? Outcome.IN_BUDGET : got, trusted ? flight(begun) : gateway.nanos());
                }
                answer.accept(got);
            }
        });
        world.after(GIVES_UP, () -> once.accept(Outcome.NONE));
        if (flight != null && side == Side.STANDBY && world.has(Bug.STANDBY_IS_TRUSTED)) {
            flight.ended(Outcome.IN_BUDGET, flight(begun));
        }
        var server = side == Side.PRIMARY ? city.primary : city.standby;
        if (!reachable(side) || world.chance(LOST)) {
            return;
        }
        var delay = world.chance(0.01) ? world.between(0.01, 0.3) : world.between(0.0005, 0.002);
        Runnable arrive = () -> server.ask(effect, outcome -> {
            if (reachable(side) && !world.chance(LOST)) {
                world.after(0.001, () -> once.accept(outcome));
            }
        });
        world.after(delay, arrive);
        if (world.chance(LOST)) {
            world.after(delay + world.between(0.01, 1.5), arrive);
        }
    }

    private static long flight(long begun) {
        return begun + 5_000_000L;
    }

    private boolean reachable(Side side) {
        return side == Side.PRIMARY ? gateway.primaryReachable : gateway.standbyReachable;
    }
}
