package de.doppelboden.supervisor;

import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.ProcessSettings;
import de.doppelboden.database.Access;
import de.doppelboden.database.EmbeddedSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database and the programs of one data folder running until it is closed. Has no state of its own: what it
 * must know after its own death is in pid files.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long LOOK_MILLIS = 100;
    private static final long FIRST_LOOK_MILLIS = 25;
    private static final int FIRST_LOOKS = 120;
    private static final int LOOKS_BETWEEN_ROTATIONS = 100;

    private final LogFiles logs;
    private final Optional<ProductDatabase> database;
    private final List<Child> children;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final FileChannel lockFile;
    private @Nullable Thread housekeeper;

    /**
     * What is to be kept running.
     *
     * @param database none for what needs none
     * @param programs the first begins alone, so that it is ready early; the others when it is, or soon in any case
     */
    public record Plan(Path data, ProcessSettings settings, Optional<Source> database, List<Program> programs) {}

    /** Whose database it is. */
    public sealed interface Source {

        /** Ours, started and kept running. */
        record Embedded(EmbeddedSettings settings) implements Source {}

        /** Others run it; only its tables are ours. */
        record Others(Access access) implements Source {}
    }

    /** That another supervisor has the data folder. */
    public static final class AlreadyRunning extends Exception {
        private static final long serialVersionUID = 1L;

        AlreadyRunning(Path data, String pid) {
            super("already running on " + data + (pid.isBlank() ? "" : ", process " + pid.strip()));
        }
    }

    private Supervisor(Plan plan, FileChannel lockFile, SecureRandom random, LongSupplier nanos) {
        this.lockFile = lockFile;
        ProcessSettings settings = plan.settings();
        Duration pause = settings.longestPause();
        Path run = plan.data().resolve("run");
        logs = new LogFiles(plan.data().resolve("log"), settings.log().bytes(), settings.logs());
        database = plan.database().map(source -> switch (source) {
            case Source.Embedded ours -> new KeptDatabase(ours.settings(), random, pause, nanos);
            case Source.Others theirs -> new OthersDatabase(theirs.access());
        });
        children = plan.programs().stream()
                .map(program -> new Child(program, logs, run, pause, nanos))
                .toList();
    }

    /**
     * Begins to keep all of it running; {@link #awaitReady} tells when it does.
     *
     * @param nanos monotonic time
     */
    public static Supervisor start(Plan plan, SecureRandom random, LongSupplier nanos)
            throws IOException, InterruptedException, AlreadyRunning {
        DataFolder.prepare(plan.data());
        FileChannel lock = lock(plan.data());
        Supervisor supervisor = new Supervisor(plan, lock, random, nanos);
        for (Child child : supervisor.children.reversed()) { // the first, which begins again at once, last
            child.endOrphan();
        }
        supervisor.begin();
        return supervisor;
    }

    private static FileChannel lock(Path data) throws IOException, AlreadyRunning {
        Path file = data.resolve("run/supervisor.pid");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            throw new AlreadyRunning(data, Files.readString(file));
        }
        channel.truncate(0);
        // By the locked channel itself: closing another one of the same file would give the lock away (POSIX fcntl).
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return channel;
    }

    /** The process of the supervisor that has this data folder, for another process; empty if none has it, whatever a file may say. */
    public static Optional<ProcessHandle> of(Path data) throws IOException {
        Path file = data.resolve("run/supervisor.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (locked(channel)) {
                return Optional.empty();
            }
        }
        String pid = Files.readString(file).strip();
        return pid.matches("[0-9]{1,18}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void begin() {
        children.stream().limit(1).forEach(Child::start);
        Optional<ProductDatabase> early = database.filter(ProductDatabase::isNew);
        early.ifPresent(ProductDatabase::start);
        Optional<ProductDatabase> later = early.isPresent() ? Optional.empty() : database;
        housekeeper = Thread.ofPlatform().name("housekeeper").daemon().start(() -> keepHouse(later));
    }

    private void keepHouse(Optional<ProductDatabase> later) {
        try {
            for (int looks = 0;
                    looks < FIRST_LOOKS && !children.stream().limit(1).allMatch(Child::ready);
                    looks++) {
                closed.await(FIRST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (closed.getCount() > 0) {
                later.ifPresent(ProductDatabase::start);
                children.stream().skip(1).forEach(Child::start);
            }
            while (!closed.await(LOOK_MILLIS * LOOKS_BETWEEN_ROTATIONS, TimeUnit.MILLISECONDS)) {
                rotate();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void rotate() {
        try {
            for (Child child : children) {
                logs.rotate(child.name());
            }
            logs.rotate("postgresql");
        } catch (IOException e) {
            LOG.warn("A log was not rotated: {}", e.getMessage());
        }
    }

    /** Waits until everything is ready, at most the given time; what is not ready by then. */
    public List<String> awaitReady(Duration most) throws InterruptedException {
        long looks = most.toMillis() / LOOK_MILLIS;
        List<String> missing = missing();
        for (long i = 0; i < looks && !missing.isEmpty(); i++) {
            if (closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                return missing;
            }
            missing = missing();
        }
        return missing;
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        database.filter(d -> !d.ready())
                .ifPresent(d -> missing.add("postgresql" + (d.trouble().isEmpty() ? "" : " (" + d.trouble() + ")")));
        children.stream().filter(child -> !child.ready()).forEach(child -> missing.add(child.name()));
        return missing;
    }

    /** The one program that a caller waits for apart from the others; true when it is ready. */
    public boolean ready(String program) {
        return children.stream().filter(c -> c.name().equals(program)).anyMatch(Child::ready);
    }

    /** Blocks until {@link #close} was called by another thread. */
    public void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Ends the programs together, then the database, so that they can still write to it while they end. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Thread keeper = housekeeper;
            if (keeper != null) { // first, so that it begins nothing any more
                keeper.join(TimeUnit.SECONDS.toMillis(1));
            }
            children.forEach(Child::askToStop);
            for (Child child : children) {
                child.awaitStop();
            }
            if (database.isPresent()) {
                database.get().stop();
            }
            lockFile.truncate(0);
            lockFile.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("The supervisor's pid file was not emptied: {}", e.getMessage());
        }
    }
}
