package de.doppelboden.continuity.ownership;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a gateway has heard of the others by way of the store, and when, on its own clock. */
final class Hearing {

    private record Heard(long beats, long at) {}

    private final Map<String, Heard> heard = new HashMap<>();
    private List<Standing.Member> members = List.of();
    private Standing.@Nullable Intent intent;
    private long intentSince;

    void note(Standing standing, long now) {
        members = standing.others();
        heard.keySet().retainAll(names());
        for (var member : members) {
            var before = heard.get(member.gateway());
            if (before == null || before.beats() != member.beats()) {
                heard.put(member.gateway(), new Heard(member.beats(), now));
            }
        }
        var found = standing.intent().orElse(null);
        var same = found != null && intent != null && found.number() == intent.number();
        intentSince = same ? intentSince : now;
        intent = found;
    }

    List<Standing.Member> members() {
        return members;
    }

    Set<String> names() {
        return members.stream().map(Standing.Member::gateway).collect(Collectors.toUnmodifiableSet());
    }

    Optional<Standing.Intent> intentOfOther(String gateway) {
        return Optional.ofNullable(intent).filter(noted -> !noted.gateway().equals(gateway));
    }

    /** An intent that stands for so long without a claim was left behind. */
    boolean abandoned(long now, long afterNanos) {
        return intent != null && now - intentSince > afterNanos;
    }

    /** Gateways that have not been heard for so long and that cannot act without the store, but by this gateway's word. */
    List<String> silent(String gateway, long now, long afterNanos) {
        var silent = new ArrayList<String>();
        for (var member : members) {
            var last = heard.get(member.gateway());
            if (last != null && now - last.at() > afterNanos && !mayActWithoutStore(member, gateway)) {
                silent.add(member.gateway());
            }
        }
        return silent;
    }

    /** Alone it goes on for ever, with one peer as long as that one vouches; with this gateway as the peer that is known here. */
    static boolean mayActWithoutStore(Standing.Member member, String gateway) {
        var company = member.company();
        return company.isEmpty() || company.size() == 1 && !company.contains(gateway);
    }
}
