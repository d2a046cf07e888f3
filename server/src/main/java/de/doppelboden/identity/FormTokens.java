package de.doppelboden.identity;

/** The hidden value in each form that a page of somebody else cannot know: a signature over the session. Any thread. */
public final class FormTokens {

    private final Hmac hmac;

    /** @param key the content of {@code data/keys/identity.key} */
    public FormTokens(byte[] key) {
        this.hmac = Hmac.forPurpose(key, "form-token");
    }

    public String tokenFor(String session) {
        return hmac.text(session);
    }
}
