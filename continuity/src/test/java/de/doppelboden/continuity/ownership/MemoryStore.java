package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The store of ownership in memory, as its contract says. */
public final class MemoryStore implements OwnershipStore {

    public Ownership ownership = Ownership.initial(Instant.EPOCH);
    Optional<Standing.Intent> intent = Optional.empty();
    final Map<String, Standing.Member> members = new LinkedHashMap<>();
    boolean away;
    /** So many entries the primary lacks: keys cannot go to it. */
    public int open;

    private long intents;

    private void answer() throws StoreUnavailable {
        if (away) {
            throw new StoreUnavailable("the store is away");
        }
    }

    @Override
    public Ownership read() throws StoreUnavailable {
        answer();
        return ownership;
    }

    @Override
    public Standing renew(String gateway, long beats, long yielded, Set<String> company) throws StoreUnavailable {
        answer();
        var row = members.get(gateway);
        var others = new java.util.TreeSet<>(members.keySet());
        others.remove(gateway);
        if (row == null && beats == 0) {
            members.put(gateway, new Standing.Member(gateway, 1, yielded, others));
        } else if (row != null && row.beats() == beats) {
            var noted = company.equals(others) ? company : row.company();
            members.put(gateway, new Standing.Member(gateway, beats + 1, yielded, noted));
        }
        return standing(gateway);
    }

    @Override
    public Standing announce(Ownership expected, Side owner, String gateway) throws StoreUnavailable {
        answer();
        if (expected.epoch() == ownership.epoch()
                && intent.filter(noted -> !noted.gateway().equals(gateway)).isEmpty()) {
            intent = Optional.of(new Standing.Intent(gateway, ownership.epoch(), owner, ++intents));
        }
        return standing(gateway);
    }

    @Override
    public Standing withdraw(String gateway, long number) throws StoreUnavailable {
        answer();
        intent = intent.filter(noted -> noted.number() != number);
        return standing(gateway);
    }

    private Standing standing(String gateway) {
        var mine = members.getOrDefault(gateway, new Standing.Member(gateway, 0, 0, Set.of()));
        var others = List.copyOf(members.values()).stream()
                .filter(member -> !member.gateway().equals(gateway))
                .toList();
        return new Standing(ownership, intent, mine, others);
    }

    @Override
    public Claim claim(Ownership expected, Side owner, Slice apart, String gateway, long number, String reason) {
        if (away) {
            return new Claim.Unavailable("the store is away");
        }
        if (expected.epoch() != ownership.epoch()
                || intent.filter(noted -> noted.number() == number).isEmpty()) {
            return new Claim.Lost(ownership);
        }
        if (owner == Side.PRIMARY && apart.nobody() && open > 0) {
            return new Claim.Unready(open);
        }
        ownership = new Ownership(ownership.epoch() + 1, owner, apart, Instant.EPOCH, reason);
        intent = Optional.empty();
        return new Claim.Granted(ownership);
    }

    @Override
    public void leave(String gateway) throws StoreUnavailable {
        answer();
        members.remove(gateway);
    }
}
