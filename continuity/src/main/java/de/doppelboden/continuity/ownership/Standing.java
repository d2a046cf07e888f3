package de.doppelboden.continuity.ownership;

import de.doppelboden.continuity.Side;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the store says of a service's ownership at one moment.
 *
 * @param intent an announced change of owner; while there is one, no lease on the present epoch is renewed
 * @param mine the gateway that asked, as it is noted; with no beats when it has no row
 * @param others the gateways beside it
 */
public record Standing(Ownership ownership, Optional<Intent> intent, Member mine, List<Member> others) {

    public Standing {
        others = List.copyOf(others);
    }

    /**
     * A gateway says that it is about to claim the epoch after {@code epoch}.
     *
     * @param number distinguishes two intents of the same gateway on the same epoch
     */
    public record Intent(String gateway, long epoch, Side owner, long number) {}

    /**
     * A gateway.
     *
     * @param beats how often it has been heard; what counts is only whether it changes
     * @param yielded the number of the intent for which it has stopped to act for ordered keys, 0 for none
     * @param company the gateways that it knows of, as it said itself: with none it goes on alone when it loses the store,
     *     with one it goes on as long as that one vouches, with more its lease ends
     */
    public record Member(String gateway, long beats, long yielded, Set<String> company) {
        public Member {
            company = Set.copyOf(company);
        }
    }
}
