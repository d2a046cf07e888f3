package de.doppelboden.identity;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sessions as signed tokens: nothing is stored when somebody logs in, so sessions outlive the database's absence and
 * this process. Stored is only which are no longer good. Any thread.
 */
public final class Sessions {

    /** A session that is always in use ends after this time all the same. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final int LONGEST_TOKEN = 3 * 1024;
    private static final int ID_BYTES = 16;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Hmac hmac;
    private final Duration idle;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Revocations revocations;

    /**
     * @param key the content of {@code data/keys/identity.key}
     * @param purpose tokens of one purpose are no good for another: {@code console}, {@code counter/register}
     * @param idle a session ends so long after its last use
     */
    public Sessions(
            byte[] key, String purpose, Duration idle, DataSource database, InstantSource clock, SecureRandom random) {
        this.hmac = Hmac.forPurpose(key, "session " + purpose);
        this.idle = idle;
        this.clock = clock;
        this.random = random;
        this.revocations = new Revocations(new Rows(database), clock);
    }

    public Session begin(Person person) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = clock.instant();
        return new Session(
                HexFormat.of().formatHex(id),
                person.login(),
                person.name(),
                person.office(),
                person.roles(),
                person.mustChange(),
                now,
                now.plus(idle));
    }

    /** What the browser keeps. */
    public String token(Session session) {
        return hmac.sign(json.writeValueAsBytes(Wire.of(session)));
    }

    /** The session of a token that is ours, not over and not revoked. */
    public Optional<Session> session(String token) {
        return hmac.open(token, LONGEST_TOKEN).flatMap(this::parsed).filter(this::good);
    }

    /** The same session, lasting longer, if it is worth a new token; empty otherwise. */
    public Optional<Session> prolonged(Session session) {
        Instant now = clock.instant();
        if (Duration.between(now, session.until())
                        .compareTo(idle.multipliedBy(3).dividedBy(4))
                > 0) {
            return Optional.empty();
        }
        return Optional.of(new Session(
                session.id(),
                session.login(),
                session.name(),
                session.office(),
                session.roles(),
                session.mustChange(),
                session.begun(),
                now.plus(idle)));
    }

    /** She logged out. At once here; in other processes after their next {@link #refresh()}. */
    public void end(Session session) {
        revocations.revoke(session.id(), session.begun().plus(LONGEST));
    }

    /** Ends all that {@code login} began before now: she was disabled, or her roles or password changed. */
    public void endAllOf(String login) {
        // As exact as a token says when it began, or one that begins in the same millisecond would end with the others.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        revocations.expel(login, now, now.plus(LONGEST));
    }

    /** Brings memory and database together; called every few seconds. */
    public void refresh() throws SQLException {
        revocations.refresh();
    }

    private boolean good(Session session) {
        Instant now = clock.instant();
        return now.isBefore(session.until())
                && now.isBefore(session.begun().plus(LONGEST))
                && !revocations.revoked(session);
    }

    private Optional<Session> parsed(byte[] payload) {
        try {
            return Optional.of(json.readValue(payload, Wire.class).session());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A random value for one use, in a form that can be typed. */
    static String secret(SecureRandom random, int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }

    private record Wire(String i, String l, String n, String o, List<String> r, boolean m, long b, long u) {

        static Wire of(Session s) {
            return new Wire(
                    s.id(),
                    s.login(),
                    s.name(),
                    s.office(),
                    s.roles().stream().map(Role::name).sorted().toList(),
                    s.mustChange(),
                    s.begun().toEpochMilli(),
                    s.until().toEpochMilli());
        }

        Session session() {
            Set<Role> roles = r.stream().map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
            return new Session(i, l, n, o, roles, m, Instant.ofEpochMilli(b), Instant.ofEpochMilli(u));
        }
    }
}
