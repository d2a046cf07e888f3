package de.doppelboden.identity;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log-ins that the primary of one service accepted lately, as hashes: who was known can log in while the primary is gone.
 * The gateway tells what it sees ({@link #verified}, {@link #refused}: they return at once; one thread does the work, of the
 * least priority, because a morning's log-ins must slow nobody's page); the standby's log-in page asks ({@link #check}). Rows
 * are also held in memory and survive the database. Any thread.
 */
public final class RememberedLogins implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RememberedLogins.class);
    private static final int MOST_ROWS = 50_000;
    private static final int LONGEST_LOGIN = 128;
    private static final int MOST_WAITING = 2_000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final String service;
    private final Duration known;
    private final Rows rows;
    private final PasswordHasher hasher;
    private final LogInLimits limits;
    private final InstantSource clock;
    private final Map<String, Row> memory = new ConcurrentHashMap<>();
    private final BlockingQueue<Seen> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Semaphore arrived = new Semaphore(0);
    /** Fair, because the worker with much to do would never let anybody in. */
    private final ReentrantLock taking = new ReentrantLock(true);

    private volatile String beingTaken = "";
    private final AtomicLong missed = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread worker;

    RememberedLogins(String service, Duration known, DataSource database, PasswordHasher hasher, InstantSource clock) {
        this.service = service;
        this.known = known;
        this.rows = new Rows(database);
        this.hasher = hasher;
        this.limits = new LogInLimits(clock);
        this.clock = clock;
        this.worker = Thread.ofPlatform()
                .daemon()
                .name("remembered-logins-" + service)
                .priority(Thread.MIN_PRIORITY)
                .start(this::work);
    }

    /** What a check came to. */
    public enum Check {
        /** The primary accepted this password within the time that is remembered. */
        KNOWN,
        /** Unknown, too long ago, or a wrong password: which one is not said. */
        REFUSED,
        /** Too many wrong passwords: nothing was checked. */
        THROTTLED,
        /** Too many check at once. */
        BUSY
    }

    /** The healthy primary accepted this. Never blocks; when too much waits it is forgotten and counted. */
    public void verified(String login, String password) {
        offer(new Seen(login, password, true));
    }

    /**
     * The healthy primary refused this. Forgets only if the refused password is the remembered one: then it was changed
     * or the person may no longer. A typo forgets nothing, else anybody could lock a colleague out. Never blocks.
     */
    public void refused(String login, String password) {
        offer(new Seen(login, password, false));
    }

    /**
     * Whether to let somebody in while the primary is gone. Takes the same time for a name that is unknown.
     *
     * @param address where the attempt comes from, for limits
     */
    public Check check(String login, String password, String address) {
        String name = Accounts.normal(login);
        if (!limits.attempt(name, address).isZero()) {
            return Check.THROTTLED;
        }
        Optional<Row> row = row(name);
        Optional<Boolean> right =
                row.isPresent() ? hasher.matches(password, row.get().password) : hasher.matchesNobody(password);
        if (right.isEmpty()) {
            limits.giveBack(name, address);
            return Check.BUSY;
        }
        if (row.isEmpty() || !right.get()) {
            return Check.REFUSED;
        }
        limits.right(name, address);
        return Check.KNOWN;
    }

    /** She may no longer, whatever her password: the primary's list of clerks says so. */
    public void forget(String login) {
        String name = Accounts.normal(login);
        memory.remove(name);
        try {
            rows.update("delete from identity.remembered where service = ? and login = ?", service, name);
        } catch (SQLException e) {
            LOG.warn("a remembered log-in of {} could not be deleted: {}", service, e.getSQLState());
        }
    }

    /** Brings memory and database together; called every few seconds. */
    public void refresh() throws SQLException {
        Instant since = clock.instant().minus(known);
        store();
        rows.update("delete from identity.remembered where service = ? and verified <= ?", service, since);
        Map<String, Row> stored = new ConcurrentHashMap<>();
        rows.query(
                row -> stored.put(
                        row.getString("login"),
                        new Row(row.getString("password"), Rows.instant(row, "verified"), true)),
                "select login, password, verified from identity.remembered where service = ? order by verified desc limit "
                        + MOST_ROWS,
                service);
        memory.putAll(stored);
        memory.entrySet().removeIf(entry -> entry.getValue().stored && !stored.containsKey(entry.getKey()));
    }

    /**
     * Takes what was seen of this log-in and still waits, before that of all others: somebody who was accepted a moment before
     * the primary went is known when she asks. For at most two seconds.
     */
    public void hurry(String login) {
        String name = Accounts.normal(login);
        if (waiting.stream().noneMatch(seen -> seen.isOf(name)) && !name.equals(beingTaken)) {
            return;
        }
        try {
            if (taking.tryLock(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    for (Seen seen : waiting) {
                        if (seen.isOf(name) && waiting.remove(seen)) {
                            take(seen);
                        }
                    }
                } finally {
                    taking.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Log-ins that were seen and not remembered, because too much waited. */
    public long missed() {
        return missed.get();
    }

    /** Log-ins that are known now. */
    public int size() {
        return memory.size();
    }

    /** Remembers what was seen until now, for at most two seconds. */
    @Override
    public void close() {
        closing.countDown();
        try {
            if (!worker.join(FAREWELL)) {
                waiting.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void offer(Seen seen) {
        if (seen.login.isBlank() || seen.login.length() > LONGEST_LOGIN || closed() || !waiting.offer(seen)) {
            missed.incrementAndGet();
        } else {
            arrived.release();
        }
    }

    private Optional<Row> row(String name) {
        Instant since = clock.instant().minus(known);
        return Optional.ofNullable(memory.get(name)).filter(row -> row.verified.isAfter(since));
    }

    private void work() {
        try {
            while (!closed() || !waiting.isEmpty()) {
                if (arrived.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    takeNext();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Under a lock, so that what was seen of one log-in is taken in its order, whoever takes it. */
    private void takeNext() {
        taking.lock();
        try {
            Seen seen = waiting.peek();
            if (seen != null) {
                beingTaken = Accounts.normal(seen.login);
                waiting.remove(seen);
                take(seen);
            }
        } finally {
            beingTaken = "";
            taking.unlock();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void take(Seen seen) {
        String name = Accounts.normal(seen.login);
        if (seen.accepted) {
            hasher.hash(seen.password).ifPresentOrElse(hash -> remember(name, hash), missed::incrementAndGet);
        } else {
            row(name)
                    .filter(row -> hasher.matches(seen.password, row.password).orElse(false))
                    .ifPresent(row -> forget(name));
        }
    }

    private void remember(String name, String hash) {
        if (memory.size() >= MOST_ROWS && !memory.containsKey(name)) {
            missed.incrementAndGet();
            return;
        }
        memory.put(name, new Row(hash, clock.instant(), false));
        try {
            store();
        } catch (SQLException e) {
            LOG.debug("remembered in memory until the database is back: {}", e.getSQLState());
        }
    }

    private void store() throws SQLException {
        for (var entry : memory.entrySet()) {
            Row row = entry.getValue();
            if (!row.stored) {
                rows.update("""
                        insert into identity.remembered (service, login, password, verified) values (?, ?, ?, ?)
                        on conflict (service, login) do update
                        set password = excluded.password, verified = excluded.verified
                        """, service, entry.getKey(), row.password, row.verified);
                memory.replace(entry.getKey(), row, new Row(row.password, row.verified, true));
            }
        }
    }

    private record Seen(String login, String password, boolean accepted) {

        boolean isOf(String name) {
            return Accounts.normal(login).equals(name);
        }

        @Override
        public String toString() {
            return "a log-in";
        }
    }

    private record Row(String password, Instant verified, boolean stored) {
        @Override
        public String toString() {
            return "a remembered log-in of " + verified;
        }
    }
}
