package de.doppelboden.continuity;

import java.util.Set;

/**
 * A part of the users: some named ones (an office), and a share of all others picked by a hash, so that the same session
 * or office is always in or always out.
 *
 * @param permille share of the slices in thousandths
 */
public record Slice(Set<String> names, int permille) {

    public static final Slice NOBODY = new Slice(Set.of(), 0);
    public static final Slice EVERYBODY = new Slice(Set.of(), 1000);

    public Slice {
        names = Set.copyOf(names);
        if (permille < 0 || permille > 1000) {
            throw new IllegalArgumentException("a share lies between 0 and 1000 thousandths: " + permille);
        }
    }

    public static Slice share(int percent) {
        return new Slice(Set.of(), percent * 10);
    }

    public static Slice named(String... names) {
        return new Slice(Set.of(names), 0);
    }

    public boolean has(String slice) {
        return permille == 1000
                || permille > 0 && Math.floorMod(slice.hashCode() * 0x9E3779B9 >>> 7, 1000) < permille
                || names.contains(slice);
    }

    @Override
    public String toString() {
        var share = "%s %%".formatted(permille % 10 == 0 ? permille / 10 : permille / 10.0);
        return names.isEmpty() ? share : permille == 0 ? names.toString() : names + " and " + share;
    }
}
