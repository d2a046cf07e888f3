package de.doppelboden.evidence;

import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Heads in a file beside the database, a line each: position, hash, time. Old lines are thinned out. */
final class AnchorFile implements Anchor {

    private static final int LINES = 20_000;

    private final Path file;
    private final InstantSource clock;
    private int lines = -1;

    AnchorFile(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public void keep(Head head) throws IOException {
        if (lines < 0 || lines > LINES) {
            lines = thinned();
        }
        String line = head.position() + " " + head.hash() + " " + clock.instant() + "\n";
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        }
        lines++;
    }

    /** What was kept, in the order of time; lines that were torn are left out. */
    static List<Head> read(Path file) throws IOException {
        List<Head> heads = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", -1);
                if (parts.length == 3 && parts[0].matches("[0-9]{1,18}") && parts[1].matches("[0-9a-f]{64}")) {
                    heads.add(new Head(Long.parseLong(parts[0]), parts[1]));
                }
            }
        }
        return heads;
    }

    /** Every second line of the older half goes when there are too many. */
    private int thinned() throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        List<String> all = Files.readAllLines(file);
        if (all.size() <= LINES) {
            return all.size();
        }
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i > all.size() / 2 || i % 2 == 0) {
                kept.add(all.get(i));
            }
        }
        DataFolder.replace(file, (String.join("\n", kept) + "\n").getBytes(StandardCharsets.UTF_8));
        return kept.size();
    }
}
