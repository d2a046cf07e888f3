package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Side;

/** People at the counters: they search, they send forms, and send a form again when nobody answered. */
final class Clerks {

    private static final int RECORDS = 6;
    private static final int ATTEMPTS = 4;

    private final World world;
    private final City city;
    private final double end;
    private long acts;

    Clerks(World world, City city, double perSecond, double end) {
        this.world = world;
        this.city = city;
        this.end = end;
        for (var gateway : city.gateways) {
            arrival(gateway, perSecond / city.gateways.size());
        }
    }

    private void arrival(GatewayModel gateway, double perSecond) {
        world.after(-Math.log(1 - world.random.nextDouble()) / perSecond, () -> {
            if (world.seconds() < end) {
                arrival(gateway, perSecond);
                request(gateway);
            }
        });
    }

    private void request(GatewayModel gateway) {
        if (!gateway.alive() || gateway.paused()) {
            return;
        }
        var slice = "desk-" + world.random.nextInt(40);
        if (world.chance(0.6)) {
            gateway.path.read(City.SEARCH, slice);
            return;
        }
        if (world.chance(0.2)) {
            var act = ++acts;
            send(gateway, new Act(act, City.ARRIVE, City.newcomer(act), Act.NEW_RECORD), slice);
            return;
        }
        var key = City.record(world.random.nextInt(RECORDS));
        var standby = gateway.controller.users().serving() == Side.STANDBY;
        var seen = standby ? city.store.copyOf(key) : city.register.version(key);
        var operation = world.chance(0.1) ? City.ACT : City.MOVE;
        var base = world.chance(0.3) ? Act.NEW_RECORD : seen;
        send(gateway, new Act(++acts, operation, key, base), slice);
    }

    private void send(GatewayModel gateway, Act act, String slice) {
        act.attempts++;
        var told = new boolean[1];
        gateway.path.write(act, slice, 0, done -> {
            if (done && !act.acknowledged) {
                city.auditor.acknowledged(act);
                world.trace(act + " is acknowledged by " + gateway.name);
            }
            told[0] = done;
        });
        world.after(world.between(2.5, 5), () -> again(act, slice, told));
    }

    private void again(Act act, String slice, boolean[] told) {
        if (told[0] || act.acknowledged || act.attempts >= ATTEMPTS || world.seconds() >= end) {
            return;
        }
        var gateway = city.gateways.get(world.random.nextInt(city.gateways.size()));
        if (gateway.alive() && !gateway.paused()) {
            send(gateway, act, slice);
        }
    }
}
