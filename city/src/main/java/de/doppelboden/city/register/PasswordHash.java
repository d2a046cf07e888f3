package de.doppelboden.city.register;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A clerk's password as the register keeps it: {@code iterations:salt:hash}, PBKDF2 with SHA-256. */
final class PasswordHash {

    /** Few: everybody knows these passwords, and in a replay all clerks of two groups log in within seconds. */
    private static final int ITERATIONS = 200;

    private static final int BYTES = 32;
    private static final HexFormat HEX = HexFormat.of();

    private PasswordHash() {}

    static String of(String password, RandomGenerator random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return ITERATIONS + ":" + HEX.formatHex(salt) + ":" + HEX.formatHex(derive(password, salt, ITERATIONS));
    }

    static boolean matches(String password, String stored) {
        String[] parts = stored.split(":", -1);
        if (parts.length != 3) {
            return false;
        }
        byte[] wanted = HEX.parseHex(parts[2]);
        return MessageDigest.isEqual(wanted, derive(password, HEX.parseHex(parts[1]), Integer.parseInt(parts[0])));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        try {
            var key = new PBEKeySpec(password.toCharArray(), salt, iterations, BYTES * 8);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no PBKDF2", e);
        }
    }
}
