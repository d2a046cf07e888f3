package de.doppelboden.supervisor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Bounds the logs that children append to. A log is copied and emptied, not renamed, because the child goes on writing
 * to the file that it has open; what it writes within that moment is lost.
 */
record LogFiles(Path folder, long limitBytes, int kept) {

    Path of(String name) {
        return folder.resolve(name + ".log");
    }

    /** Begins a new file when the log has grown beyond the limit. */
    void rotate(String name) throws IOException {
        Path log = of(name);
        if (!Files.exists(log) || Files.size(log) <= limitBytes) {
            return;
        }
        for (int i = kept - 1; i > 1; i--) {
            move(numbered(name, i - 1), numbered(name, i));
        }
        if (kept > 1) {
            Files.copy(log, numbered(name, 1), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    private Path numbered(String name, int number) {
        return folder.resolve(name + ".log." + number);
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
