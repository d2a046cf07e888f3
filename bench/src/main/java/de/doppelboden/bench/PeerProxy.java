package de.doppelboden.bench;

import de.doppelboden.city.people.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A proxy of somebody else, started with a configuration of ours, for as long as it is measured. */
final class PeerProxy implements AutoCloseable {

    private static final long LOOK = 20_000_000L;
    private static final int LOOKS = 250;
    private static final int ANSWER_MILLIS = 500;

    /** HAProxy tuned for the quickest failover of an active/backup pair: checks and users' requests both count. */
    private static final String HAPROXY_PAIR = """
            global
              maxconn 4000
            defaults
              mode http
              timeout connect 100ms
              timeout client 10s
              timeout server 400ms
              timeout check 150ms
              timeout queue 100ms
              retries 2
              option redispatch 1
              retry-on conn-failure empty-response response-timeout 500 502 503 504
              http-reuse always
            frontend users
              bind 127.0.0.1:%d
              default_backend register
            backend register
              http-request disable-l7-retry if METH_POST
              option httpchk GET /health
              default-server inter 200ms fastinter 100ms downinter 500ms fall 2 rise 6 observe layer7 error-limit 5 on-error mark-down on-marked-down shutdown-sessions
              server primary 127.0.0.1:%d check
              server standby 127.0.0.1:%d check backup
            """;

    private final Process process;
    private final int port;

    private PeerProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** HAProxy in front of a primary and a backup of it. */
    static PeerProxy pair(Path haproxy, Path folder, int port, int primary, int standby, Pace pace)
            throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("haproxy-pair.cfg"), String.format(Locale.ROOT, HAPROXY_PAIR, port, primary, standby));
        return start(List.of(haproxy.toString(), "-db", "-f", file.toString()), folder, port, pace);
    }

    /** A program that listens there once it is ready; it runs in the foreground. */
    static PeerProxy start(List<String> command, Path folder, int port, Pace pace)
            throws IOException, InterruptedException {
        Path log = folder.resolve("peer.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var peer = new PeerProxy(process, port);
        for (int i = 0; i < LOOKS; i++) {
            if (!process.isAlive()) {
                throw new IOException(command.getFirst() + " has ended: " + Files.readString(log));
            }
            if (peer.listens()) {
                return peer;
            }
            pace.pause(LOOK);
        }
        peer.close();
        throw new IOException(command.getFirst() + " does not listen: " + Files.readString(log));
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
