package de.doppelboden.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} in a cluster says about the server that runs, or ran, on it.
 *
 * @param port 0 while the server has not come so far
 */
record PostmasterFile(long pid, int port) {

    static final String NAME = "postmaster.pid";

    static Optional<PostmasterFile> read(Path cluster) throws IOException {
        Path file = cluster.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            long pid = lines.isEmpty()
                    ? 0
                    : Math.abs(Long.parseLong(lines.getFirst().strip()));
            int port = lines.size() < 4 ? 0 : Integer.parseInt(lines.get(3).strip());
            return Optional.of(new PostmasterFile(pid, port));
        } catch (NumberFormatException e) {
            return Optional.of(new PostmasterFile(0, 0));
        }
    }

    /** The process, when it is alive and really this cluster's server; its number may have gone to another program. */
    Optional<ProcessHandle> server(Path cluster) {
        return ProcessHandle.of(pid).filter(Running::is).filter(process -> serves(process.info(), cluster));
    }

    private static boolean serves(ProcessHandle.Info info, Path cluster) {
        boolean postgres = info.command().map(c -> c.endsWith("/postgres")).orElse(false);
        List<String> arguments = info.arguments().map(List::of).orElse(List.of());
        return postgres && arguments.contains(cluster.toString());
    }
}
