package de.doppelboden.city;

import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder for databases and logs of something that is played for a while. When the program is told to end meanwhile, the thread
 * that plays is interrupted, and the program ends when it has closed what it began and then this.
 */
public final class Scratch implements AutoCloseable {

    private static final int LONGEST_END_SECONDS = 30;

    private final Path folder;
    private final boolean kept;
    private final PrintWriter err;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Scratch(Path folder, boolean kept, PrintWriter err) {
        this.folder = folder;
        this.kept = kept;
        this.err = err;
    }

    /**
     * Makes one for the calling thread.
     *
     * @param kept leaves the folder, and says where it is
     */
    public static Scratch begin(String name, boolean kept, PrintWriter err) throws IOException {
        var scratch = new Scratch(Files.createTempDirectory("doppelboden-" + name + "-"), kept, err);
        DataFolder.prepare(scratch.folder);
        Thread player = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> scratch.end(player)));
        return scratch;
    }

    private void end(Thread player) {
        if (ended.getCount() > 0) {
            player.interrupt();
        }
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        try {
            if (kept) {
                err.println("Kept: " + folder);
                err.flush();
            } else {
                delete();
            }
        } finally {
            ended.countDown();
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
