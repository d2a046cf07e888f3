package de.doppelboden.supervisor;

import de.doppelboden.database.Running;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program, kept running on a thread of its own. */
final class Child {

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int READY_MILLIS = 1_000;
    private static final long GRACE_MILLIS = 8_000;

    private final Program program;
    private final LogFiles logs;
    private final PidFile pidFile;
    private final Pause pause;
    private final LongSupplier nanos;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Process process;
    private @Nullable Thread thread;

    Child(Program program, LogFiles logs, Path run, Duration longestPause, LongSupplier nanos) {
        this.program = program;
        this.logs = logs;
        this.pidFile = new PidFile(run.resolve(program.name() + ".pid"));
        this.pause = new Pause(longestPause);
        this.nanos = nanos;
    }

    String name() {
        return program.name();
    }

    /** Ends what an earlier supervisor left behind; its log and its signals are not ours any more. */
    void endOrphan() throws IOException, InterruptedException {
        var orphan = pidFile.child();
        if (orphan.isPresent()) {
            LOG.info("Ending {} {} that was left running", name(), orphan.get().pid());
            end(orphan.get());
        }
        pidFile.delete();
    }

    void start() {
        thread = Thread.ofPlatform().name("keep-" + name()).daemon().start(this::keep);
    }

    private void keep() {
        try {
            while (stop.getCount() > 0) {
                long begun = nanos.getAsLong();
                run();
                if (stop.getCount() > 0) {
                    Duration wait = pause.after(Duration.ofNanos(nanos.getAsLong() - begun));
                    LOG.warn("{} ended; it is started again in {} ms", name(), wait.toMillis());
                    stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        try {
            logs.rotate(name());
            Process started = builder().start();
            process = started;
            pidFile.write(started.toHandle());
            started.getOutputStream().close();
            if (stop.getCount() == 0) {
                started.destroy();
            }
            int status = started.waitFor();
            if (stop.getCount() > 0) {
                LOG.warn("{} ended with status {}; its log is {}", name(), status, logs.of(name()));
            }
            pidFile.delete();
        } catch (IOException e) {
            LOG.error("{} cannot be started: {}", name(), e.getMessage());
        } finally {
            process = null;
        }
    }

    /** In a session of its own where possible, so that Ctrl-C reaches us alone and we end all in order. */
    private ProcessBuilder builder() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(program.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(program.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logs.of(name()).toFile()));
        return builder;
    }

    boolean ready() {
        Process running = process;
        boolean alive = running != null && running.isAlive();
        return alive && program.ready().map(Child::answers).orElse(true);
    }

    private static boolean answers(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(READY_MILLIS);
            connection.setReadTimeout(READY_MILLIS);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks it to end and does not wait. */
    void askToStop() {
        stop.countDown();
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    /** Waits until it has ended, and kills it when it does not. */
    void awaitStop() throws InterruptedException {
        Process running = process;
        if (running != null) {
            end(running.toHandle());
        }
        Thread keeper = thread;
        if (keeper != null) {
            keeper.join(TimeUnit.SECONDS.toMillis(1));
        }
    }

    private void end(ProcessHandle handle) throws InterruptedException {
        handle.destroy();
        if (!Running.awaitEnd(handle, GRACE_MILLIS)) {
            LOG.warn("{} {} does not end; it is killed", name(), handle.pid());
            handle.destroyForcibly();
            Running.awaitEnd(handle, GRACE_MILLIS);
        }
    }
}
