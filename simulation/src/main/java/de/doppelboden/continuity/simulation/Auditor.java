package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.State;
import de.doppelboden.continuity.journal.JournalEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows the truth, and checks at each step that the promises hold. */
final class Auditor {

    /** A side that has been better for so long must be the one that serves. */
    private static final long MISSED_NANOS = 9_000_000_000L;

    /** So long after an exercise its keys may still be on the standby. */
    private static final long KEYS_BACK_NANOS = 6_000_000_000L;

    /** An illness younger than this cannot be seen yet. */
    private static final double SEEN_SECONDS = 3;

    private final World world;
    private final City city;
    private final List<Act> acknowledged = new ArrayList<>();
    private final Map<String, Long> betterSince = new HashMap<>();
    private final Map<String, Long> spells = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();
    private final Map<Key, Long> lastReplayed = new HashMap<>();
    boolean sharedCauseOnly;
    private long keysLeftSince;
    long checks;

    Auditor(World world, City city) {
        this.world = world;
        this.city = city;
    }

    /** A gateway has decided to send a write to a side. */
    void acts(GatewayModel gateway, Act act, Side side) {
        checks++;
        if (side == Side.STANDBY && act.operation.policy() == Policy.FORBIDDEN) {
            world.violated("the standby was asked to do " + act.operation.name());
        }
        var owner = city.store.ownership().of(act.key);
        if (owner != side) {
            world.violated("%s sends a write of %s to the %s under epoch %d, but it belongs to the %s since epoch %d"
                    .formatted(
                            gateway.name,
                            act.key,
                            side,
                            gateway.controller.users().ownership().epoch(),
                            owner,
                            city.store.ownership().epoch()));
        }
    }

    void acknowledged(Act act) {
        act.acknowledged = true;
        acknowledged.add(act);
    }

    /** An entry is sent to the primary. */
    void replays(JournalEntry entry) {
        checks++;
        if (unknown.contains(entry.idempotencyKey())) {
            world.violated("entry " + entry.number() + " was repeated although nobody knew whether it was done");
        }
        var last = lastReplayed.getOrDefault(entry.key(), 0L);
        if (entry.number() < last && !world.violations.isEmpty()) {
            return;
        }
        if (entry.number() < last && !resent(entry)) {
            world.violated("entry %d of %s went back after entry %d".formatted(entry.number(), entry.key(), last));
        }
        lastReplayed.merge(entry.key(), entry.number(), Math::max);
    }

    /** A suspect keeps its place in the journal; its user may send it again when later entries are back already. */
    private boolean resent(JournalEntry entry) {
        return suspects.contains(entry.number());
    }

    private final Set<Long> suspects = new HashSet<>();

    void wasSuspect(long number) {
        suspects.add(number);
    }

    void unknown(JournalEntry entry) {
        unknown.add(entry.idempotencyKey());
    }

    void knows(JournalEntry entry) {
        unknown.remove(entry.idempotencyKey());
    }

    void decided(GatewayModel gateway, State before, Decision decision) {
        checks++;
        if (decision.action() == Decision.Action.FAIL_OVER && before.serving() == Side.PRIMARY && sharedCauseOnly) {
            world.violated(gateway.name + " moved users although both sides were ill alike: " + decision.reason());
        }
        if (decision.action() == Decision.Action.RETURN && ill() && city.primary.secondsSince() > SEEN_SECONDS) {
            world.violated(gateway.name + " brings users back to a primary that " + city.primary.health() + ": "
                    + decision.reason());
        }
        if (decision.action() == Decision.Action.EXERCISE
                && !city.independence.shared().isEmpty()) {
            world.violated(gateway.name + " exercises a standby that shares a part with the primary");
        }
        keysComeBack();
        missed(gateway);
    }

    /** When no exercise is under way any more, and the primary has what was done in it, its keys do not stay behind. */
    private void keysComeBack() {
        var ownership = city.store.ownership();
        var left = !ownership.apart().nobody()
                && city.gateways.stream()
                        .allMatch(each -> each.alive() && connected(each) && each.controller.state() == State.NORMAL)
                && city.primary.health() == SideModel.Health.WELL
                && city.store.backlog().open() == 0;
        if (!left) {
            keysLeftSince = world.now();
        } else if (world.now() - keysLeftSince > KEYS_BACK_NANOS) {
            world.violated("the exercise is over, and %s of the keys stay on the standby".formatted(ownership.apart()));
        }
    }

    private boolean ill() {
        return city.primary.health() != SideModel.Health.WELL;
    }

    private void missed(GatewayModel gateway) {
        var better = standbyIsClearlyBetter(gateway);
        var spell = city.primary.spell() + city.standby.spell() + gateway.life();
        if (!better || spells.getOrDefault(gateway.name, -1L) != spell) {
            betterSince.remove(gateway.name);
        }
        spells.put(gateway.name, spell);
        if (!better) {
            return;
        }
        var since = betterSince.computeIfAbsent(gateway.name, fresh -> world.now());
        if (world.now() - since > MISSED_NANOS && gateway.controller.state().serving() == Side.PRIMARY) {
            world.violated("%s leaves users on a primary that %s: %s"
                    .formatted(
                            gateway.name,
                            city.primary.health(),
                            gateway.controller.evidence().sentence()));
        }
    }

    private boolean standbyIsClearlyBetter(GatewayModel gateway) {
        var peer = city.peerOf(gateway);
        var strong = switch (city.primary.health()) {
            case DEAD, HANGS, FAILS, LIES -> true;
            case WELL, SLOW, LIMPS -> false;
        };
        return strong
                && city.standby.health() == SideModel.Health.WELL
                && gateway.controller.mode() == Mode.AUTOMATIC
                && connected(gateway)
                && peer.alive()
                && connected(peer);
    }

    private static boolean connected(GatewayModel gateway) {
        return gateway.primaryReachable && gateway.standbyReachable && gateway.link.open() && !gateway.paused();
    }

    /** A change was permitted on a side: the other must be able to take over. */
    void permitted(GatewayModel gateway, Side side, boolean proven) {
        checks++;
        if (side == Side.PRIMARY && !proven) {
            world.violated(gateway.name + " permits a change of the primary, but the standby has no valid proof");
        }
        if (side == Side.PRIMARY && !city.independence.shared().isEmpty()) {
            world.violated(gateway.name + " permits a change of the primary, but both sides share a part");
        }
        if (side == Side.STANDBY && city.store.ownership().owner() == Side.STANDBY) {
            world.violated(gateway.name + " permits a change of the side that owns the keys");
        }
        var partner = side == Side.PRIMARY ? city.standby : city.primary;
        if (partner.health() != SideModel.Health.WELL && partner.secondsSince() > 12) {
            world.violated(gateway.name + " permits a change while the other side " + partner.health());
        }
    }

    /** When all is well again: what was acknowledged is there, once. */
    void close() {
        for (var act : acknowledged) {
            checks++;
            if (city.register.timesDone(act.id) == 0 && !city.store.keeps(act.id)) {
                world.violated(act + " was acknowledged and is lost");
            }
        }
    }

    int acknowledgedActs() {
        return acknowledged.size();
    }
}
