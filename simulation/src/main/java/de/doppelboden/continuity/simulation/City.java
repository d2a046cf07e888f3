package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.JudgeSettings;
import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.LeaseSettings;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.ProofSettings;
import de.doppelboden.continuity.ReturnSettings;
import de.doppelboden.continuity.Service;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.Timetable;
import de.doppelboden.continuity.failover.Independence;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One service of a small city: two sides, a store, two gateways, and who watches that the promises are kept. */
final class City {

    static final Operation SEARCH =
            new Operation("register.search", true, Policy.SAFE, Duration.ofMillis(800), false, "register");
    static final Operation MOVE =
            new Operation("register.move", false, Policy.PROVISIONAL, Duration.ofMillis(800), false, "register");
    static final Operation ACT =
            new Operation("register.act", false, Policy.FORBIDDEN, Duration.ofMillis(800), false, "register");
    static final Operation ARRIVE =
            new Operation("register.immigrate", false, Policy.REVIEW, Duration.ofMillis(800), false, "register");
    static final Duration PROOF_VALID = Duration.ofSeconds(12);

    final World world;
    final Service service;
    final Independence independence;
    final SideModel primary;
    final SideModel standby;
    final Register register;
    final Store store;
    final Auditor auditor;
    final List<GatewayModel> gateways;

    City(World world, Mode mode, boolean sharesStorage) {
        this.world = world;
        this.independence = new Independence(
                Map.of(Independence.Part.STORAGE, "SAN-1"),
                Map.of(Independence.Part.STORAGE, sharesStorage ? "SAN-1" : "SAN-2"));
        this.service = service(world, mode);
        this.primary = new SideModel("primary", world);
        this.standby = new SideModel("standby", world);
        this.register = new Register(world);
        this.auditor = new Auditor(world, this);
        this.store = new Store(world, register, auditor::wasSuspect);
        this.gateways = List.of(new GatewayModel("east", world, this), new GatewayModel("west", world, this));
    }

    private static Service service(World world, Mode mode) {
        var ramp = world.has(Bug.NO_RAMP)
                ? new ReturnSettings(
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        0,
                        Duration.ofMillis(1),
                        1,
                        1,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200))
                : new ReturnSettings(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(600),
                        3,
                        Duration.ofSeconds(3),
                        1.5,
                        3,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200));
        var judge = new JudgeSettings(
                Duration.ofDays(365),
                Duration.ofMillis(800),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofMinutes(30));
        var timetable = world.chance(0.5)
                ? Optional.of(new Timetable(Duration.ofSeconds(6), LocalTime.NOON, ZoneOffset.UTC))
                : Optional.<Timetable>empty();
        var valid = world.has(Bug.PROOF_NEVER_ENDS) ? Duration.ofDays(1000) : PROOF_VALID;
        return new Service(
                "register",
                KeyKind.ORDERED,
                false,
                List.of(SEARCH, MOVE, ACT, ARRIVE),
                mode,
                judge,
                ramp,
                LeaseSettings.DEFAULT,
                new ProofSettings(
                        valid,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4),
                        3,
                        80,
                        new Slice(Set.of(record(0).toString(), record(1).toString()), 200),
                        timetable));
    }

    GatewayModel peerOf(GatewayModel gateway) {
        return gateways.get(0) == gateway ? gateways.get(1) : gateways.get(0);
    }

    Optional<GatewayModel> gateway(String name) {
        return gateways.stream().filter(each -> each.name.equals(name)).findFirst();
    }

    static Key record(int number) {
        return new Key("resident", Integer.toString(number));
    }

    /** Of somebody of whom there is no record yet. */
    static Key newcomer(long act) {
        return new Key("resident", "new-" + act);
    }
}
