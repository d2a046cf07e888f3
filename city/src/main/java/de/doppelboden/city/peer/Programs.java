package de.doppelboden.city.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of others on this machine. */
public final class Programs {

    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Programs() {}

    /** On the PATH, where Debian has servers, or among PostgreSQL's programs, the newest first. */
    public static Optional<Path> find(String name) {
        return folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public static Path need(String name, String debianPackage) throws PeerMissing {
        return find(name).orElseThrow(() -> new PeerMissing(name, debianPackage));
    }

    private static List<Path> folders() {
        var folders = new ArrayList<Path>();
        try (Stream<Path> versions = Files.list(POSTGRESQL)) {
            versions.sorted(Comparator.reverseOrder())
                    .map(version -> version.resolve("bin"))
                    .forEach(folders::add);
        } catch (IOException e) {
            // No PostgreSQL of the machine's own.
        }
        for (String folder :
                Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator)) {
            folders.add(Path.of(folder));
        }
        folders.add(Path.of("/usr/sbin"));
        return folders;
    }
}
