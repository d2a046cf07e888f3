package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store of ownership for one gateway that is always there: for playing again what was. */
public final class LoneStore implements OwnershipStore {

    private Ownership ownership;
    private Optional<Standing.Intent> intent = Optional.empty();
    private long beats;
    private long yielded;
    private long intents;

    public LoneStore(Ownership ownership) {
        this.ownership = ownership;
    }

    @Override
    public Ownership read() {
        return ownership;
    }

    @Override
    public Standing renew(String gateway, long seen, long nowYielded, Set<String> company) {
        if (seen == beats) {
            beats++;
            yielded = nowYielded;
        }
        return standing(gateway);
    }

    @Override
    public Standing announce(Ownership expected, Side owner, String gateway) {
        if (expected.epoch() == ownership.epoch()) {
            intent = Optional.of(new Standing.Intent(gateway, ownership.epoch(), owner, ++intents));
        }
        return standing(gateway);
    }

    @Override
    public Standing withdraw(String gateway, long number) {
        intent = intent.filter(noted -> noted.number() != number);
        return standing(gateway);
    }

    private Standing standing(String gateway) {
        return new Standing(ownership, intent, new Standing.Member(gateway, beats, yielded, Set.of()), List.of());
    }

    @Override
    public Claim claim(Ownership expected, Side owner, Slice apart, String gateway, long number, String reason) {
        if (expected.epoch() != ownership.epoch()
                || intent.filter(noted -> noted.number() == number).isEmpty()) {
            return new Claim.Lost(ownership);
        }
        ownership = new Ownership(ownership.epoch() + 1, owner, apart, expected.since(), reason);
        intent = Optional.empty();
        return new Claim.Granted(ownership);
    }

    @Override
    public void leave(String gateway) {
        beats = 0;
    }
}
