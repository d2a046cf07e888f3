package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.failover.ChangeGate;
import java.time.Duration;

/** What goes wrong in a run, drawn from its seed; and all of it ends before the run does. */
final class Troubles {

    private final World world;
    private final City city;
    private final double from;
    private final double end;
    private int changes;

    Troubles(World world, City city, double from, double end) {
        this.world = world;
        this.city = city;
        this.from = from;
        this.end = end;
    }

    void plan(boolean sharedCauseOnly) {
        if (sharedCauseOnly) {
            times(1 + world.random.nextInt(2), this::sharedCause);
        } else {
            times(1 + world.random.nextInt(3), () -> sickness(city.primary, 0.3, 20));
            times(world.random.nextInt(2), () -> sickness(city.standby, 0.3, 6));
            times(world.random.nextInt(3), this::partition);
        }
        times(world.random.nextInt(3), this::killing);
        times(world.random.nextInt(3), () -> anyGateway().pause(world.between(0.05, 3)));
        times(world.random.nextInt(2), this::databaseAway);
        times(world.random.nextInt(5), () -> anyGateway().jumpWallClock(world.between(-60, 60)));
        times(world.random.nextInt(3), this::order);
        times(world.random.nextInt(4), this::exercise);
        times(world.random.nextInt(5), this::change);
    }

    private void times(int number, Runnable what) {
        for (var i = 0; i < number; i++) {
            world.after(world.between(from, end), () -> {
                if (world.seconds() < end) {
                    what.run();
                }
            });
        }
    }

    private GatewayModel anyGateway() {
        return city.gateways.get(world.random.nextInt(city.gateways.size()));
    }

    private void untilAtMost(double seconds, Runnable undo) {
        world.after(Math.min(seconds, Math.max(0, end - world.seconds())), undo);
    }

    private void sickness(SideModel side, double shortest, double longest) {
        var kinds = SideModel.Health.values();
        side.become(kinds[1 + world.random.nextInt(kinds.length - 1)]);
        untilAtMost(world.between(shortest, longest), () -> side.become(SideModel.Health.WELL));
    }

    private void sharedCause() {
        if (city.primary.health() != SideModel.Health.WELL) {
            return;
        }
        var kinds = new SideModel.Health[] {
            SideModel.Health.DEAD, SideModel.Health.SLOW, SideModel.Health.FAILS, SideModel.Health.HANGS
        };
        var kind = kinds[world.random.nextInt(kinds.length)];
        city.primary.become(kind);
        city.standby.become(kind);
        untilAtMost(world.between(0.5, 10), () -> {
            city.primary.become(SideModel.Health.WELL);
            city.standby.become(SideModel.Health.WELL);
        });
    }

    private void partition() {
        var gateway = anyGateway();
        var seconds = world.between(0.2, 8);
        switch (world.random.nextInt(4)) {
            case 0 -> {
                gateway.primaryReachable = false;
                untilAtMost(seconds, () -> gateway.primaryReachable = true);
            }
            case 1 -> {
                gateway.standbyReachable = false;
                untilAtMost(seconds, () -> gateway.standbyReachable = true);
            }
            case 2 -> cutOffFromStore(gateway, seconds, world.chance(0.5));
            default -> cutOffFromStore(gateway, seconds, true);
        }
    }

    private void cutOffFromStore(GatewayModel gateway, double seconds, boolean fromPeerToo) {
        world.trace(gateway.name + " is cut off from the store" + (fromPeerToo ? " and its peer" : ""));
        gateway.storeReachable = false;
        gateway.peerReachable = !fromPeerToo;
        untilAtMost(seconds, () -> {
            gateway.storeReachable = true;
            gateway.peerReachable = true;
        });
    }

    private void killing() {
        var gateway = anyGateway();
        gateway.kill();
        untilAtMost(world.between(0.2, 4), () -> {
            if (!gateway.alive()) {
                gateway.start();
            }
        });
    }

    private void databaseAway() {
        world.trace("the database is away");
        city.store.up = false;
        untilAtMost(world.between(0.2, 8), () -> {
            world.trace("the database is back");
            city.store.up = true;
        });
    }

    private void order() {
        var gateway = anyGateway();
        if (!gateway.alive() || gateway.paused() || city.auditor.sharedCauseOnly) {
            return;
        }
        gateway.order(
                world.chance(0.3)
                        ? new Order.FailOver("person", "a drill")
                        : new Order.FailBack("person", "impatience"));
    }

    private void exercise() {
        var gateway = city.gateways.get(0);
        if (gateway.alive() && !gateway.paused()) {
            gateway.order(new Order.Prove(
                    Slice.share(20),
                    Slice.named(City.record(0).toString(), City.record(1).toString()),
                    "person",
                    "out of turn"));
        }
    }

    private void change() {
        var gateway = city.gateways.get(0);
        if (!gateway.alive() || gateway.paused()) {
            return;
        }
        var side = world.chance(0.7) ? Side.PRIMARY : Side.STANDBY;
        var decision = gateway.gate.open(
                new ChangeGate.Change("c" + ++changes, side, "an update", "person", Duration.ofSeconds(5)),
                gateway.controller,
                gateway.circumstances());
        world.trace(gateway.name + " is asked for a change of the " + side + ": " + decision);
        if (decision.action() == Decision.Action.PERMIT) {
            city.auditor.permitted(gateway, side, validProof(gateway));
            var life = gateway.life();
            world.after(1.5, () -> {
                if (gateway.life() == life) {
                    gateway.gate.verify("person");
                }
            });
        }
    }

    private boolean validProof(GatewayModel gateway) {
        var proof = gateway.controller.save().proof();
        return proof.filter(found -> gateway.wall().isBefore(found.at().plus(City.PROOF_VALID)) && found.lost() == 0)
                .isPresent();
    }

    /** The end of all troubles. */
    void heal() {
        city.primary.become(SideModel.Health.WELL);
        city.standby.become(SideModel.Health.WELL);
        city.store.up = true;
        for (var gateway : city.gateways) {
            gateway.primaryReachable = true;
            gateway.standbyReachable = true;
            gateway.storeReachable = true;
            gateway.peerReachable = true;
            if (!gateway.alive()) {
                gateway.start();
            }
        }
    }

    /** The state at the end, for the trace. */
    State state() {
        return city.gateways.get(0).controller.state();
    }
}
