package de.doppelboden.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with a pepper that does not lie in the database. Few hashes run at once, because each takes
 * {@value #MEMORY_KIB} KiB; who waits too long gets no answer rather than a late one. Any thread.
 */
final class PasswordHasher {

    /** What OWASP gives as equal to 46 MiB and one pass; the small memory lets the gateway stay small. */
    private static final int MEMORY_KIB = 9 * 1024;

    private static final int PASSES = 4;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final byte[] pepper;
    private final SecureRandom random;
    private final Semaphore places;
    private final String nobody;

    /** @param atOnce how many hashes may run at the same time */
    PasswordHasher(byte[] pepper, SecureRandom random, int atOnce) {
        this.pepper = pepper.clone();
        this.random = random;
        this.places = new Semaphore(atOnce, true);
        this.nobody = encode(new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /** The hash to store; empty if all places stayed taken. */
    Optional<String> hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return argon2id(password, salt).map(hash -> encode(salt, hash));
    }

    /** Whether it is the password of {@code stored}; empty if all places stayed taken. */
    Optional<Boolean> matches(String password, String stored) {
        String[] parts = stored.split("\\$", -1);
        if (parts.length != 6) {
            throw new IllegalArgumentException("not a hash of ours: " + parts.length + " parts");
        }
        byte[] salt = Base64.getDecoder().decode(parts[4]);
        byte[] expected = Base64.getDecoder().decode(parts[5]);
        return argon2id(password, salt).map(hash -> MessageDigest.isEqual(expected, hash));
    }

    /** Takes as long as {@link #matches} and never matches: an unknown name must not answer sooner than a known one. */
    Optional<Boolean> matchesNobody(String password) {
        return matches(password, nobody).map(same -> false);
    }

    private Optional<byte[]> argon2id(String password, byte[] salt) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            byte[] hash = new byte[HASH_BYTES];
            Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
            argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(PASSES)
                    .withParallelism(1)
                    .withSalt(salt)
                    .withSecret(pepper)
                    .build());
            argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
            return Optional.of(hash);
        } finally {
            places.release();
        }
    }

    private static String encode(byte[] salt, byte[] hash) {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }
}
