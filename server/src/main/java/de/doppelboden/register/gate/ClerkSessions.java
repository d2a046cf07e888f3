package de.doppelboden.register.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which clerk a session cookie belongs to: the primary's own cookie after a log-in that it accepted, or ours after a log-in at
 * the standby. Only hashes of cookies are kept, in memory and in a local file, so that a restart logs nobody out. Any thread.
 */
final class ClerkSessions {

    private static final Logger log = LoggerFactory.getLogger(ClerkSessions.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration IDLE = Duration.ofHours(12);
    private static final int MOST = 20_000;
    private static final int COOKIE_BYTES = 24;

    private final Path file;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, ClerkSession> byCookie = new ConcurrentHashMap<>();
    private volatile boolean changed;

    private record Row(String cookie, String id, Clerk clerk, String lastUsed) {}

    ClerkSessions(Path file, InstantSource clock, SecureRandom random) {
        this.file = file;
        this.clock = clock;
        this.random = random;
        read();
    }

    Optional<ClerkSession> find(String cookie) {
        var session = byCookie.get(hash(cookie));
        if (session == null || session.lastUsed().plus(IDLE).isBefore(clock.instant())) {
            return Optional.empty();
        }
        session.usedAt(clock.instant());
        return Optional.of(session);
    }

    /** From now on this cookie is hers. */
    ClerkSession begin(String cookie, Clerk clerk) {
        if (byCookie.size() >= MOST) {
            sweep();
        }
        var session = new ClerkSession(HexFormat.of().formatHex(bytes(16)), clerk, clock.instant());
        if (byCookie.size() < MOST) {
            byCookie.put(hash(cookie), session);
            changed = true;
        }
        return session;
    }

    void end(String cookie) {
        changed |= byCookie.remove(hash(cookie)) != null;
    }

    /** A new cookie of ours. */
    String cookie() {
        return HexFormat.of().formatHex(bytes(COOKIE_BYTES));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String hash(String cookie) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(cookie.getBytes(StandardCharsets.UTF_8)), 0, 20);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private void sweep() {
        Instant oldest = clock.instant().minus(IDLE);
        changed |= byCookie.values().removeIf(session -> session.lastUsed().isBefore(oldest));
    }

    /** Writes the file if something has changed; called every few seconds. */
    void keep() {
        sweep();
        if (!changed) {
            return;
        }
        changed = false;
        var rows = new ArrayList<Row>();
        byCookie.forEach((cookie, session) -> rows.add(new Row(
                cookie, session.id(), session.clerk(), session.lastUsed().toString())));
        try {
            write(JSON.writeValueAsBytes(rows));
        } catch (IOException failed) {
            changed = true;
            log.warn("the sessions cannot be kept in {}: {}", file, failed.getMessage());
        }
    }

    private void write(byte[] bytes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(beside, bytes);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void read() {
        try {
            if (Files.exists(file)) {
                for (Row row : List.of(JSON.readValue(Files.readAllBytes(file), Row[].class))) {
                    byCookie.put(row.cookie, new ClerkSession(row.id, row.clerk, Instant.parse(row.lastUsed)));
                }
            }
        } catch (IOException | RuntimeException broken) {
            log.warn("the sessions in {} cannot be read; clerks must log in once more: {}", file, broken.getMessage());
        }
    }
}
