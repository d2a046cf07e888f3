package de.doppelboden.city.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What HAProxy says of its servers: {@code show stat} on its statistics socket (management guide, 9.1 and 9.3). */
public final class HaproxyStats {

    private static final int MOST_LINES = 100;

    private final Path socket;

    /**
     * One server of a backend, a row of the CSV.
     *
     * @param status as {@code UP}, {@code UP 1/3}, {@code DOWN}
     * @param check the result of its last health check, as {@code L7OK}
     * @param checkCode the HTTP status that it got; 0 while the next is under way
     * @param checkMillis how long it took; -1 while the next is under way
     * @param checksFailed since the start, while the server was up
     * @param down how often the server went from up to down
     * @param sessions of users at it now
     * @param total sessions since the start
     */
    public record Server(
            String status,
            String check,
            long checkCode,
            long checkMillis,
            long checksFailed,
            long down,
            long sessions,
            long total) {

        public boolean up() {
            return status.startsWith("UP");
        }
    }

    /** @param folder in which HAProxy was started by one of the templates */
    public HaproxyStats(Path folder) {
        this.socket = folder.resolve("stats.sock");
    }

    /** By name. */
    public Map<String, Server> servers() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap("show stat\n".getBytes(StandardCharsets.US_ASCII)));
            try (var lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
                return parsed(lines.lines().limit(MOST_LINES).toList());
            }
        }
    }

    static Map<String, Server> parsed(List<String> lines) throws IOException {
        if (lines.isEmpty() || !lines.getFirst().startsWith("# ")) {
            throw new IOException("HAProxy's statistics are not understood: " + lines);
        }
        List<String> names = List.of(lines.getFirst().substring(2).split(",", -1));
        var servers = new HashMap<String, Server>();
        for (String line : lines.subList(1, lines.size())) {
            var row = new HashMap<String, String>();
            String[] fields = line.split(",", -1);
            for (int i = 0; i < Math.min(fields.length, names.size()); i++) {
                row.put(names.get(i), fields[i]);
            }
            String name = row.getOrDefault("svname", "FRONTEND");
            if (!name.equals("FRONTEND") && !name.equals("BACKEND")) {
                servers.put(name, server(row));
            }
        }
        return Map.copyOf(servers);
    }

    /** While a check runs its last result has a star. */
    private static Server server(Map<String, String> row) {
        return new Server(
                row.getOrDefault("status", ""),
                row.getOrDefault("check_status", "").replace("* ", ""),
                number(row, "check_code"),
                number(row, "check_duration"),
                number(row, "chkfail"),
                number(row, "chkdown"),
                number(row, "scur"),
                number(row, "stot"));
    }

    /** What is not known yet is the largest number there is, here -1. */
    private static long number(Map<String, String> row, String column) {
        String text = row.getOrDefault(column, "");
        return text.isEmpty() ? 0 : Long.parseUnsignedLong(text);
    }
}
