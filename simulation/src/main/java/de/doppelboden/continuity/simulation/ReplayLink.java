package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.journal.Reconciliation;
import de.doppelboden.continuity.journal.Replay;

/** Hands entries to the primary over the network; an answer may be lost, and then nobody knows. */
final class ReplayLink implements Replay {

    private static final double LOST = 0.04;
    private static final double PATIENCE = 0.8;

    private final GatewayModel gateway;
    private final World world;
    private final City city;

    ReplayLink(GatewayModel gateway) {
        this.gateway = gateway;
        this.world = gateway.world;
        this.city = gateway.city;
    }

    @Override
    public Reconciliation apply(JournalEntry entry) {
        var answer = new Register.Answer[1];
        city.auditor.replays(entry);
        var outcome = ask(() -> {
            answer[0] = city.register.carryOut(
                    Long.parseLong(entry.payload()),
                    entry.key(),
                    Long.parseLong(entry.baseVersion()),
                    entry.idempotencyKey());
            return true;
        });
        if (outcome == Outcome.IN_BUDGET && answer[0] != null) {
            city.auditor.knows(entry);
            return switch (answer[0]) {
                case APPLIED -> new Reconciliation.Applied("done");
                case ALREADY -> new Reconciliation.AlreadyApplied("done before");
                case CONFLICT ->
                    new Reconciliation.Conflict(Long.toString(city.register.version(entry.key())), entry.baseVersion());
            };
        }
        city.auditor.unknown(entry);
        return world.has(Bug.REPEATS_BLINDLY)
                ? new Reconciliation.RetryLater("no answer")
                : new Reconciliation.Unknown("no answer");
    }

    @Override
    public Reconciliation lookUp(JournalEntry entry) {
        if (world.has(Bug.REPEATS_BLINDLY)
                || world.has(Bug.REVIEWS_WITHOUT_ASKING) && entry.operation().equals(City.ARRIVE.name())) {
            return new Reconciliation.Absent();
        }
        var has = new boolean[1];
        var outcome = ask(() -> {
            has[0] = city.register.has(entry.idempotencyKey());
            return true;
        });
        if (outcome != Outcome.IN_BUDGET) {
            return new Reconciliation.RetryLater("no answer to the look-up");
        }
        city.auditor.knows(entry);
        return has[0] ? new Reconciliation.AlreadyApplied("done before") : new Reconciliation.Absent();
    }

    private Outcome ask(SideModel.Effect effect) {
        var life = gateway.life();
        var got = new Outcome[] {Outcome.NONE};
        if (gateway.primaryReachable && !world.chance(LOST)) {
            world.after(
                    0.001,
                    () -> city.primary.ask(effect, outcome -> {
                        if (!world.chance(LOST)) {
                            got[0] = outcome;
                        }
                    }));
        }
        for (var waited = 0.0; waited < PATIENCE && got[0] == Outcome.NONE; waited += 0.05) {
            world.block(0.05);
            gateway.stillIn(life);
        }
        return got[0];
    }
}
