package de.doppelboden.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs short texts with HMAC-SHA256 (RFC 2104); each use derives its own key, so that one text never passes for another. */
final class Hmac {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int SHORTEST_KEY = 32;

    private final SecretKeySpec key;

    private Hmac(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** A signer of its own for {@code purpose}, derived from the installation's key. */
    static Hmac forPurpose(byte[] master, String purpose) {
        if (master.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("key has " + master.length + " bytes, needs " + SHORTEST_KEY);
        }
        return new Hmac(new Hmac(master).of(purpose.getBytes(StandardCharsets.UTF_8)));
    }

    byte[] of(byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks HmacSHA256, which every Java must have", e);
        }
    }

    String text(String data) {
        return ENCODER.encodeToString(of(data.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code base64url(payload).base64url(mac)}. */
    String sign(byte[] payload) {
        String encoded = ENCODER.encodeToString(payload);
        return encoded + '.' + text(encoded);
    }

    /** The payload, if the signature is ours; takes the same time for each wrong signature. */
    Optional<byte[]> open(String signed, int longest) {
        int dot = signed.indexOf('.');
        if (dot <= 0 || signed.length() > longest) {
            return Optional.empty();
        }
        String encoded = signed.substring(0, dot);
        byte[] expected = text(encoded).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signed.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(Base64.getUrlDecoder().decode(encoded));
    }
}
