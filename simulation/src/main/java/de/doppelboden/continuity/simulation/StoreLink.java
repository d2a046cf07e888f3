package de.doppelboden.continuity.simulation;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.ownership.Claim;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.continuity.ownership.OwnershipStore;
import de.doppelboden.continuity.ownership.Standing;
import de.doppelboden.continuity.ownership.StoreUnavailable;
import java.util.Set;
import java.util.function.Supplier;

/** One gateway's connection to the store: its messages are lost, come late or come twice. */
final class StoreLink implements OwnershipStore {

    private static final double LOST = 0.02;

    /** Claims are few, and what becomes of a lost one matters most. */
    private static final double CLAIM_LOST = 0.3;

    private final World world;
    private final Store store;
    private final GatewayModel gateway;
    private Standing cached;

    StoreLink(World world, Store store, GatewayModel gateway) {
        this.world = world;
        this.store = store;
        this.gateway = gateway;
    }

    boolean open() {
        return store.up && gateway.storeReachable;
    }

    /** One transaction over the network; the caller blocks, and the world goes on. */
    <T> T call(Supplier<T> transaction) throws StoreUnavailable {
        return call(transaction, LOST);
    }

    private <T> T call(Supplier<T> transaction, double lost) throws StoreUnavailable {
        var life = gateway.life();
        world.block(world.between(0.0005, 0.003));
        gateway.stillIn(life);
        if (!open() || world.chance(lost / 2)) {
            if (world.chance(0.5)) {
                world.after(world.between(0.01, 1.5), () -> late(transaction));
            }
            world.block(world.between(0.01, 0.3));
            gateway.stillIn(life);
            throw new StoreUnavailable("no answer from the database");
        }
        var answer = transaction.get();
        if (world.chance(lost / 2)) {
            world.after(world.between(0.01, 1.0), () -> late(transaction));
        }
        world.block(world.between(0.0005, 0.003));
        gateway.stillIn(life);
        if (!open() || world.chance(lost / 2)) {
            throw new StoreUnavailable("the answer was lost");
        }
        return answer;
    }

    private <T> void late(Supplier<T> transaction) {
        if (store.up) {
            var unheard = transaction.get();
            world.trace("the store hears something late from " + gateway.name + ": " + unheard);
        }
    }

    @Override
    public Ownership read() throws StoreUnavailable {
        return call(store::ownership);
    }

    @Override
    public Standing renew(String name, long beats, long yielded, Set<String> company) throws StoreUnavailable {
        return seen(call(() -> store.renew(name, beats, yielded, company)));
    }

    @Override
    public Standing announce(Ownership expected, Side owner, String name) throws StoreUnavailable {
        return seen(call(() -> store.announce(expected, owner, name)));
    }

    @Override
    public Standing withdraw(String name, long intent) throws StoreUnavailable {
        return seen(call(() -> store.withdraw(name, intent)));
    }

    /** What the gateway makes of the store's answer: here the planted bugs of a careless client sit. */
    private Standing seen(Standing standing) {
        var answer = standing;
        if (world.has(Bug.STALE_OWNERSHIP) && gateway.name.equals("west")) {
            cached = cached == null || world.chance(0.05) ? standing : cached;
            answer = new Standing(cached.ownership(), java.util.Optional.empty(), standing.mine(), standing.others());
        }
        if (world.has(Bug.WAITS_FOR_NOBODY) && standing.intent().isPresent()) {
            var number = standing.intent().get().number();
            answer = new Standing(
                    standing.ownership(),
                    standing.intent(),
                    standing.mine(),
                    standing.others().stream()
                            .map(other -> new Standing.Member(other.gateway(), other.beats(), number, other.company()))
                            .toList());
        }
        return answer;
    }

    @Override
    public Claim claim(Ownership expected, Side owner, Slice apart, String name, long intent, String reason) {
        try {
            return call(() -> store.claim(expected, owner, apart(apart), intent, reason), CLAIM_LOST);
        } catch (StoreUnavailable unavailable) {
            return new Claim.Unavailable(String.valueOf(unavailable.getMessage()));
        }
    }

    private Slice apart(Slice wanted) {
        return world.has(Bug.EXERCISE_KEEPS_ITS_KEYS)
                        && wanted.nobody()
                        && store.ownership().owner() == Side.PRIMARY
                ? store.ownership().apart()
                : wanted;
    }

    @Override
    public void leave(String name) throws StoreUnavailable {
        call(() -> {
            store.leave(name);
            return true;
        });
    }
}
