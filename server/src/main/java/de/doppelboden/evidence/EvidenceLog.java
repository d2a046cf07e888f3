package de.doppelboden.evidence;

import de.doppelboden.database.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The evidence log as a process writes it. Any thread may hand in notes; they are stored together, in the order in
 * which they came. Works from the first moment, also while the database is away.
 */
public final class EvidenceLog implements AutoCloseable {

    private final String process;
    private final InstantSource clock;
    private final long start;
    private final AtomicLong made = new AtomicLong();
    private final PendingFile file;
    private final Writer writer;
    private final Sequencer sequencer;

    private EvidenceLog(
            String process,
            InstantSource clock,
            RandomGenerator random,
            PendingFile file,
            Writer writer,
            Sequencer sequencer) {
        this.process = process;
        this.clock = clock;
        this.start = random.nextLong();
        this.file = file;
        this.writer = writer;
        this.sequencer = sequencer;
    }

    /**
     * Opens the log for a process.
     *
     * @param folder for what waits while the database is away, and for anchors
     * @param process short name, one for each process that uses the folder
     * @param anchors kept beside the file with anchors
     */
    public static EvidenceLog open(
            Access access,
            Path folder,
            String process,
            InstantSource clock,
            RandomGenerator random,
            List<Anchor> anchors)
            throws IOException {
        Files.createDirectories(folder);
        PendingFile file = PendingFile.open(folder.resolve("pending-" + process + ".log"));
        List<Anchor> all = new ArrayList<>(anchors);
        all.add(new AnchorFile(anchorFile(folder), clock));
        return new EvidenceLog(process, clock, random, file, new Writer(access, file), new Sequencer(access, all));
    }

    /** The file with anchors in the folder of a log. */
    public static Path anchorFile(Path folder) {
        return folder.resolve("anchor.log");
    }

    /** Hands a note in and returns at once; who must know that it is durable waits at the ticket. */
    public Ticket submit(Note note) {
        return writer.submit(entry(note));
    }

    /** Hands a note in and waits until it is durable or refused. */
    public Accepted append(Note note) throws InterruptedException {
        return submit(note).await();
    }

    /** Adds a note within a transaction of the caller, so that it is on record exactly if the transaction commits. */
    public void appendWithin(Connection transaction, Note note) throws SQLException {
        EntryTable.insert(transaction, List.of(entry(note)));
    }

    /** True while the database takes no entries and they go to the file. */
    public boolean away() {
        return writer.away();
    }

    /** Bytes that wait in the file. */
    public long waitingBytes() throws IOException {
        return file.bytes();
    }

    /** Notes that were refused since the start; each is a loss that an operator must know of. */
    public long refused() {
        return writer.refused();
    }

    /** Stores and chains what was handed in, then ends. */
    @Override
    public void close() {
        writer.close();
        sequencer.close();
    }

    private Entry entry(Note note) {
        Instant now = clock.instant();
        return new Entry(id(now), now.truncatedTo(ChronoUnit.MICROS), process, note);
    }

    /**
     * A UUID of version 7 (RFC 9562, 5.7): ordered by time, so that the index grows at its end. The rest is a number
     * that begins at a random one with the process and is never used twice by it, whatever threads ask.
     */
    private UUID id(Instant now) {
        long number = made.getAndIncrement();
        long most = (now.toEpochMilli() << 16) | 0x7000L | (number & 0x0fffL);
        long least = ((start + number) & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }
}
