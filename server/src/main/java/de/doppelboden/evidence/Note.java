package de.doppelboden.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody wants to have on record.
 *
 * @param service the service's id; empty when it is about the whole installation
 * @param kind as {@code switch}, {@code verdict}, {@code proof}, {@code act.failover}: lower case, dots, hyphens
 * @param text a sentence, without personal data; cut at 4,000 characters
 * @param detail a JSON value, without personal data
 * @param person the opaque id of who did it, from {@link People}
 */
public record Note(String service, String kind, String text, Optional<String> detail, Optional<UUID> person) {

    static final int TEXT_LIMIT = 4_000;
    static final int DETAIL_LIMIT = 64 << 10;
    private static final JsonMapper JSON = JsonMapper.shared();

    public Note {
        if (!kind.matches("[a-z][a-z0-9.-]{0,40}")) {
            throw new IllegalArgumentException("not a kind of evidence: " + kind);
        }
        service = storable(service, 64);
        text = storable(text, TEXT_LIMIT);
        detail.ifPresent(Note::check);
        detail = detail.map(json -> storable(json, DETAIL_LIMIT));
    }

    public Note(String service, String kind, String text) {
        this(service, kind, text, Optional.empty(), Optional.empty());
    }

    public Note withDetail(String json) {
        return new Note(service, kind, text, Optional.of(json), person);
    }

    public Note by(UUID actor) {
        return new Note(service, kind, text, detail, Optional.of(actor));
    }

    private static void check(String json) {
        if (json.length() > DETAIL_LIMIT) {
            throw new IllegalArgumentException("a detail of evidence has " + json.length() + " characters");
        }
        try {
            JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a detail of evidence is no JSON", e);
        }
    }

    /** Without what PostgreSQL cannot store: NUL and halves of surrogate pairs. */
    private static String storable(String text, int limit) {
        String cut = text.length() <= limit ? text : text.substring(0, limit - 1) + "…";
        return new String(cut.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
