package de.doppelboden.bench.failover;

import de.doppelboden.city.webapp.HttpRequestLine;
import de.doppelboden.city.webapp.Side;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Users who come by chance at a rate: five classes of operations, a fifth of them writes, one connection each. */
final class Users {

    static final List<String> CLASSES = List.of("mail", "register", "appointments", "classlist", "storage");

    private static final double PATIENCE_SECONDS = 5;
    private static final double WARM_SECONDS = 4;
    private static final double WARM_PER_SECOND = 200;

    /** No answer: in time, that was HTTP, or because the connection was lost. */
    private static final int TOO_LATE = -1;

    private static final int NONSENSE = -2;
    private static final int LOST = -3;

    private final int port;
    private final Side.Clock clock;

    Users(int port, Side.Clock clock) {
        this.port = port;
        this.clock = clock;
    }

    /**
     * What one user got.
     *
     * @param second at which she came
     * @param millis from then on
     * @param poisoned what she asked for fails on any side
     * @param lagMillis how late the request was sent; the load's own fault
     */
    record Got(
            double second, double millis, int status, boolean write, boolean poisoned, long number, double lagMillis) {

        private static final double BUDGET_MILLIS = 500;

        boolean answered() {
            return status >= 200 && status < 400;
        }

        boolean late() {
            return answered() && millis > BUDGET_MILLIS;
        }

        boolean bad() {
            return !answered() || millis > BUDGET_MILLIS;
        }

        /** "I do not know" is not "failed". */
        boolean toldThatItFailed() {
            return !answered() && status != 504 && status > 0;
        }
    }

    private record Wanted(int operation, boolean write, boolean poisoned, long number) {}

    /** Before anything counts: the gateway and its connections get warm. */
    void warmUp() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WARM_SECONDS * WARM_PER_SECOND; i++) {
                var wanted = new Wanted(i % CLASSES.size(), i % CLASSES.size() == 0, false, -1);
                threads.execute(() -> ask(wanted, clock.second()));
                clock.pause((long) (1e9 / WARM_PER_SECOND));
            }
        }
    }

    boolean served() {
        return ask(new Wanted(0, false, false, -1), clock.second()).answered();
    }

    /** All who come while the scenario lasts; the clock has been started. */
    List<Got> come(Scenario scenario, double perSecond, RandomGenerator random) throws InterruptedException {
        Queue<Got> got = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        double second = -Math.log(1 - random.nextDouble()) / perSecond;
        for (long number = 0; second < scenario.end(); number++) {
            boolean poisoned = random.nextInt(10) == 0 && scenario.poisoned() && scenario.during(second);
            var wanted = new Wanted(random.nextInt(CLASSES.size()), random.nextInt(5) == 0, poisoned, number);
            double at = second;
            clock.until(at);
            threads.execute(() -> got.add(ask(wanted, at)));
            second += -Math.log(1 - random.nextDouble()) / perSecond;
        }
        threads.shutdown();
        if (!threads.awaitTermination((long) PATIENCE_SECONDS + 5, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
        return List.copyOf(got);
    }

    static RandomGenerator random(Scenario scenario, long seed) {
        return new SplittableRandom(seed * 7_919 + scenario.name().hashCode());
    }

    private Got ask(Wanted wanted, double at) {
        double lag = (clock.second() - at) * 1_000;
        int status;
        try (var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patience(at));
            socket.getOutputStream().write(request(wanted).getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(patience(at));
            status = status(new BufferedInputStream(socket.getInputStream(), 2_048));
        } catch (SocketTimeoutException e) {
            status = TOO_LATE;
        } catch (IOException e) {
            status = LOST;
        }
        return new Got(
                at, (clock.second() - at) * 1_000, status, wanted.write(), wanted.poisoned(), wanted.number(), lag);
    }

    private static String request(Wanted wanted) {
        String body = wanted.write() ? "{\"v\":1}" : "";
        return (wanted.write() ? "POST" : "GET") + " /app/" + CLASSES.get(wanted.operation())
                + (wanted.poisoned() ? "?bad=1" : "") + " HTTP/1.1\r\nHost: bench\r\nConnection: close\r\nX-Op-Id: "
                + wanted.number()
                + (wanted.write() ? "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() : "")
                + "\r\n\r\n" + body;
    }

    private static int status(InputStream in) throws IOException {
        String first = HttpRequestLine.line(in);
        if (first == null || !first.startsWith("HTTP/1.")) {
            return NONSENSE;
        }
        in.transferTo(java.io.OutputStream.nullOutputStream());
        return Integer.parseInt(first.substring(9, 12));
    }

    private int patience(double at) {
        return (int) Math.max(1, (PATIENCE_SECONDS - (clock.second() - at)) * 1_000);
    }
}
