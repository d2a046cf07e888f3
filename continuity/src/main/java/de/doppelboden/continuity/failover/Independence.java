package de.doppelboden.continuity.failover;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What each side stands on, as declared; a part that both name is shared and voids the proof, because what breaks it breaks
 * both.
 *
 * @param primary name of the primary's part of each kind, such as {@code SAN-1}; kinds not declared are missing
 */
public record Independence(Map<Part, String> primary, Map<Part, String> standby) {

    /** What two sides may share without noticing. */
    public enum Part {
        STORAGE,
        HYPERVISOR,
        NETWORK,
        DNS,
        SOFTWARE_RELEASE
    }

    public Independence {
        primary = Map.copyOf(primary);
        standby = Map.copyOf(standby);
    }

    /** The parts that both sides stand on. */
    public Set<Part> shared() {
        return primary.entrySet().stream()
                .filter(part -> part.getValue().equals(standby.get(part.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The parts of which at least one side says nothing. */
    public Set<Part> undeclared() {
        var all = new TreeSet<>(Set.of(Part.values()));
        all.removeIf(part -> primary.containsKey(part) && standby.containsKey(part));
        return all;
    }
}
