package de.doppelboden.city.webapp;

import de.doppelboden.city.people.Pace;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A server with 16 slots and a lognormal service time of 20 ms (800 requests a second) that follows a script. Thread-safe. */
public final class Side implements AutoCloseable {

    private static final double SERVICE_MILLIS = 20;
    private static final double SPREAD = 0.4;
    private static final long HEALTH_NANOS = 1_000_000;
    private static final long FAILURE_NANOS = 3_000_000;
    private static final long LOOK_NANOS = 50_000_000;
    private static final int QUEUE = 1_000;
    private static final int BACKLOG = 4_096;

    private final boolean primary;
    private final int port;
    private final Script script;
    private final Clock clock;
    private final RandomGenerator random;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong served = new AtomicLong();
    private final Map<Long, Integer> carriedOut = new ConcurrentHashMap<>();
    private final Queue<Double> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<Handled> handled = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition free = lock.newCondition();
    private int used;
    private int queued;
    private @Nullable ServerSocket listener;
    private volatile boolean stopped;

    /**
     * A request of a user that was answered.
     *
     * @param second when it was
     * @param millis since it came
     */
    public record Handled(double second, double millis) {}

    public Side(boolean primary, int port, Script script, Clock clock, RandomGenerator random) {
        this.primary = primary;
        this.port = port;
        this.script = script;
        this.clock = clock;
        this.random = random;
    }

    public synchronized void open() throws IOException {
        var fresh = new ServerSocket();
        fresh.setReuseAddress(true);
        fresh.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener = fresh;
        Thread.ofVirtual().name("side").start(() -> {
            while (!fresh.isClosed()) {
                try {
                    Socket connection = fresh.accept();
                    connections.add(connection);
                    Thread.ofVirtual().start(() -> serve(connection));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    /** Closes the listener and resets the connections. */
    public synchronized void crash() {
        quietly(listener);
        for (Socket connection : connections) {
            try {
                connection.setSoLinger(true, 0);
            } catch (IOException gone) {
                // It is to be closed anyway.
            }
            quietly(connection);
        }
        connections.clear();
    }

    private static void quietly(@Nullable AutoCloseable what) {
        try {
            if (what != null) {
                what.close();
            }
        } catch (Exception gone) {
            // Nobody needs it any more.
        }
    }

    /** What was done before the users came does not count. */
    public void forget() {
        arrivals.clear();
        handled.clear();
        carriedOut.clear();
        served.set(0);
    }

    /** How often each write was really carried out, by its number. */
    public Map<Long, Integer> carriedOut() {
        return Map.copyOf(carriedOut);
    }

    /** The seconds at which requests of users came. */
    public Queue<Double> arrivals() {
        return arrivals;
    }

    public Queue<Handled> handled() {
        return handled;
    }

    /** Requests that it works at, and those that wait for it. */
    public int inFlight() {
        lock.lock();
        try {
            return used + queued;
        } finally {
            lock.unlock();
        }
    }

    private Behaviour behaviour(HttpRequestLine request) {
        return script.at(new Script.Moment(
                primary, clock.second(), request.operation(), request.health(), served.get(), random));
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(connection.getInputStream(), 4_096);
            OutputStream out = connection.getOutputStream();
            boolean stays = true;
            while (stays && !stopped) {
                HttpRequestLine request = HttpRequestLine.read(in);
                stays = request != null && answer(request, out) && !request.closes();
            }
        } catch (IOException gone) {
            // The gateway has ended the connection.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** False: the connection is to be closed without an answer. */
    private boolean answer(HttpRequestLine request, OutputStream out) throws IOException, InterruptedException {
        double came = clock.second();
        if (request.number() >= 0) {
            arrivals.add(came);
        }
        Behaviour now = behaviour(request);
        if (now.mode() == Behaviour.Mode.HANGS) {
            while (!stopped && behaviour(request).mode() == Behaviour.Mode.HANGS) {
                clock.pause(LOOK_NANOS);
            }
            return false;
        }
        clock.pause((long) (now.extraMillis() * 1e6));
        int status = 200;
        if (request.health()) {
            clock.pause(HEALTH_NANOS);
            status = now.mode() == Behaviour.Mode.FAILS ? 503 : 200;
        } else if (now.mode() == Behaviour.Mode.FAILS || request.poisoned()) {
            clock.pause(FAILURE_NANOS);
            status = 500;
        } else if (!work(request)) {
            status = 503;
        }
        String side = primary ? "P" : "S";
        String body = "{\"side\":\"" + side + "\"}";
        String answer = "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nX-Served-By: " + side
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        if (request.number() >= 0) {
            handled.add(new Handled(clock.second(), (clock.second() - came) * 1_000));
        }
        return true;
    }

    private boolean work(HttpRequestLine request) throws InterruptedException {
        if (!acquire(request)) {
            return false;
        }
        try {
            double millis = Math.exp(Math.log(SERVICE_MILLIS) - SPREAD * SPREAD / 2 + SPREAD * random.nextGaussian());
            clock.pause((long) (millis * behaviour(request).slowness() * 1e6));
        } finally {
            lock.lock();
            try {
                used--;
                free.signal();
            } finally {
                lock.unlock();
            }
        }
        served.incrementAndGet();
        if (request.write() && request.number() >= 0) {
            carriedOut.merge(request.number(), 1, Integer::sum);
        }
        return true;
    }

    private boolean acquire(HttpRequestLine request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (queued >= QUEUE) {
                return false;
            }
            queued++;
            try {
                while (used >= behaviour(request).slots()) {
                    free.await(100, TimeUnit.MILLISECONDS);
                }
                used++;
            } finally {
                queued--;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        stopped = true;
        crash();
    }

    /** Scenario time. */
    public static final class Clock {

        private static final long FAR = 3_600_000_000_000L;

        private final Pace pace;
        private volatile long zero;

        public Clock(Pace pace) {
            this.pace = pace;
            this.zero = pace.now() + FAR; // before it is started all is fine
        }

        public void start() {
            zero = pace.now();
        }

        public double second() {
            return (pace.now() - zero) / 1e9;
        }

        public void until(double second) throws InterruptedException {
            pace.until(zero + (long) (second * 1e9));
        }

        public void pause(long nanos) throws InterruptedException {
            if (nanos > 0) {
                pace.pause(nanos);
            }
        }
    }
}
