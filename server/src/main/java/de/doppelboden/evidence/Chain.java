package de.doppelboden.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The hash of an entry at its position: SHA-256 over the hash before, the position, and the entry's columns, each with
 * its length before it, so that no two different entries have the same form.
 */
final class Chain {

    static final byte[] START = new byte[32];
    static final String COLUMNS =
            "e.number, e.id, e.at, e.process, e.service, e.kind, e.text, e.detail::text, e.person";

    private final MessageDigest digest;

    Chain() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The hash of the row's entry, whose columns are {@link #COLUMNS} from the given one on. */
    byte[] hash(byte[] previous, long position, ResultSet row, int column) throws SQLException {
        digest.reset();
        digest.update(previous);
        add(position);
        add(row.getLong(column));
        add(row.getString(column + 1));
        add(micros(row, column + 2));
        for (int i = 3; i <= 8; i++) {
            add(row.getString(column + i));
        }
        return digest.digest();
    }

    private static long micros(ResultSet row, int column) throws SQLException {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, row.getObject(column, OffsetDateTime.class).toInstant());
    }

    private void add(long value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private void add(@Nullable String value) {
        if (value == null) {
            add(-1);
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digest.update(bytes);
    }
}
