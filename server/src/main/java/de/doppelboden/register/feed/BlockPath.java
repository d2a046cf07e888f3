package de.doppelboden.register.feed;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The fast path for new information blocks: hides a person at once, even while records are held or being compared. It only
 * ever adds a block; the record itself, and the lifting of a block, come with the other changes.
 */
final class BlockPath implements AutoCloseable {

    private static final String HIDE = """
            update register.resident set auskunftssperre = true, sperre_grund = ?, sperre_seit = ?, sperre_stand = ?
            where om = ? and stand < ? and coalesce(sperre_stand, 0) < ?""";

    private final FeedSettings settings;
    private final DataSource database;
    private final InstantSource clock;
    private @Nullable PrimarySession primary;
    private long cursor = -1;

    BlockPath(FeedSettings settings, DataSource database, InstantSource clock) {
        this.settings = settings;
        this.database = database;
        this.clock = clock;
    }

    /** One read; does nothing before there is a copy. */
    void pass() throws SQLException {
        try (var ours = database.getConnection()) {
            var status = FeedStore.read(ours);
            boolean anew = status.phase() == FeedPhase.LOADING && status.asOf() != null;
            if (!status.phase().serves() && !anew) {
                cursor = -1;
                return;
            }
            var session = primary == null ? PrimarySession.open(settings) : primary;
            primary = session;
            var asOf = clock.instant();
            long next = session.snapshot();
            ours.setAutoCommit(false);
            try (var update = ours.prepareStatement(HIDE)) {
                for (var block : session.blocksSince(cursor < 0 ? status.cursor() : cursor)) {
                    update.setString(1, block.reason());
                    update.setObject(2, block.since());
                    update.setLong(3, block.version());
                    update.setString(4, block.om());
                    update.setLong(5, block.version());
                    update.setLong(6, block.version());
                    update.addBatch();
                }
                update.executeBatch();
            }
            FeedStore.blocksRead(ours, asOf);
            ours.commit();
            cursor = anew ? -1 : next; // the copy that comes begins where its own reading began
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (primary != null) {
            primary.close();
            primary = null;
        }
    }

    /** A block as the primary's view shows it. */
    record Block(
            String om,
            long version,
            @Nullable String reason,
            @Nullable LocalDate since) {}
}
