package de.doppelboden.city.peer;

import de.doppelboden.city.people.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy of somebody else, started with a configuration of ours, for as long as it is measured. */
public final class PeerProxy implements AutoCloseable {

    private static final long LOOK = 20_000_000L;
    private static final int LOOKS = 250;
    private static final int ANSWER_MILLIS = 500;

    private final Process process;
    private final int port;

    private PeerProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * HAProxy by a template of its settings.
     *
     * @param folder where its settings and its statistics socket are; {@code {work}} in the template
     * @param port where it listens; {@code {listen}} in the template
     */
    public static PeerProxy haproxy(
            Path program, String template, Path folder, int port, Map<String, Object> words, Pace pace)
            throws IOException, InterruptedException {
        var all = new HashMap<>(words);
        all.put("work", folder);
        all.put("listen", port);
        Path file = Template.fill(template, folder.resolve("haproxy.cfg"), all);
        return start(List.of(program.toString(), "-db", "-f", file.toString()), folder, port, pace);
    }

    /** A program that listens there once it is ready; it runs in the foreground. */
    public static PeerProxy start(List<String> command, Path folder, int port, Pace pace)
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

    public int port() {
        return port;
    }

    public ProcessHandle handle() {
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
