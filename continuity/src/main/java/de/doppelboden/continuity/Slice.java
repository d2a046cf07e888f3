package de.doppelboden.continuity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * A part of the users or of the keys: some named ones (an office, a record), and a share of all others picked by a hash, so that
 * the same one is always in or always out - here, in another gateway, and in the database, which has the same hash.
 *
 * @param permille share of the slices in thousandths
 */
public record Slice(Set<String> names, int permille) {

    public static final Slice NOBODY = new Slice(Set.of(), 0);
    public static final Slice EVERYBODY = new Slice(Set.of(), 1000);
    public static final int NAMES_AT_MOST = 4096;
    /** Of the hash so many bits count: it stays positive in any 32-bit integer. */
    private static final int HASH_BITS = 28;

    public Slice {
        names = Set.copyOf(names);
        if (permille < 0 || permille > 1000) {
            throw new IllegalArgumentException("a share lies between 0 and 1000 thousandths: " + permille);
        }
        if (names.size() > NAMES_AT_MOST) {
            throw new IllegalArgumentException("more than " + NAMES_AT_MOST + " names: " + names.size());
        }
    }

    public static Slice share(int percent) {
        return new Slice(Set.of(), percent * 10);
    }

    public static Slice named(String... names) {
        return new Slice(Set.of(names), 0);
    }

    public boolean nobody() {
        return permille == 0 && names.isEmpty();
    }

    public boolean has(String name) {
        return permille == 1000 || permille > 0 && thousandth(name) < permille || names.contains(name);
    }

    /** A key is named {@code space/id}. */
    public boolean has(Key key) {
        return !nobody() && has(key.toString());
    }

    /** The first 28 bits of the name's MD5, modulo 1000. It spreads names evenly and protects nothing. */
    private static int thousandth(String name) {
        try {
            var digest = MessageDigest.getInstance("MD5").digest(name.getBytes(StandardCharsets.UTF_8));
            var first =
                    (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | digest[3] & 0xff;
            return (first >>> 32 - HASH_BITS) % 1000;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("each Java platform has MD5", impossible);
        }
    }

    @Override
    public String toString() {
        var share = permille % 10 == 0 ? permille / 10 + " %" : permille / 10.0 + " %";
        return names.isEmpty() ? share : permille == 0 ? names.toString() : names + " and " + share;
    }
}
