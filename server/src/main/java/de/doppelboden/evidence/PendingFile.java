package de.doppelboden.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries that are durable here until the database has them: a line each, with a check sum, so that a line that a crash
 * tore is known as such. Used by one process; its own methods are safe between the writer and the drainer.
 */
final class PendingFile implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final FileChannel channel;

    /** Entries from a place in the file, and the place after them. */
    record Chunk(List<Entry> entries, long end) {}

    private PendingFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens the file and cuts off a last line that was torn: it was never acknowledged. */
    static PendingFile open(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        PendingFile pending = new PendingFile(channel);
        long end = 0;
        for (Chunk chunk = pending.read(0, 1_000); !chunk.entries().isEmpty(); chunk = pending.read(end, 1_000)) {
            end = chunk.end();
        }
        channel.truncate(end);
        return pending;
    }

    synchronized boolean isEmpty() throws IOException {
        return channel.size() == 0;
    }

    synchronized long bytes() throws IOException {
        return channel.size();
    }

    /** Appends and forces to the disk. */
    synchronized void append(List<Entry> entries) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
            String json = JSON.writeValueAsString(entry);
            lines.append(sum(json)).append(' ').append(json).append('\n');
        }
        long before = channel.size();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
            channel.position(before);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    /** Reads from a place that an earlier chunk ended at; stops before a line that is torn. */
    synchronized Chunk read(long from, int limit) throws IOException {
        channel.position(from);
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        List<Entry> entries = new ArrayList<>();
        long end = from;
        while (entries.size() < limit) {
            String line = reader.readLine();
            Optional<Entry> entry = line == null ? Optional.empty() : parse(line);
            long next = line == null ? end : end + line.getBytes(StandardCharsets.UTF_8).length + 1L;
            if (entry.isEmpty() || next > channel.size()) {
                break;
            }
            entries.add(entry.get());
            end = next;
        }
        return new Chunk(List.copyOf(entries), end);
    }

    /** Empties the file if nothing was appended after the place; true when it is empty now. */
    synchronized boolean clear(long end) throws IOException {
        if (channel.size() != end) {
            return false;
        }
        channel.truncate(0);
        channel.force(false);
        return true;
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Entry> parse(String line) {
        int space = line.indexOf(' ');
        if (space != 8 || !line.substring(0, space).equals(sum(line.substring(space + 1)))) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(line.substring(space + 1), Entry.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String sum(String json) {
        CRC32C crc = new CRC32C();
        crc.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
