package de.doppelboden.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** PostgreSQL's programs: packaged in a jar, unpacked once for all installations of a user. */
final class PostgresBinaries {

    static final int MAJOR = 18;
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /**
     * The programs, unpacked below the first of the folders that can be used.
     *
     * @param candidates folders that need not exist yet
     */
    static PostgresBinaries unpacked(Iterable<Path> candidates) throws IOException {
        String resource = resource();
        String name = "postgresql-" + MAJOR + "-" + length(resource);
        IOException last = new IOException("no folder for PostgreSQL's programs was named");
        for (Path candidate : candidates) {
            try {
                return new PostgresBinaries(unpackOnce(resource, candidate, name));
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Path unpackOnce(String resource, Path folder, String name) throws IOException {
        Path home = folder.resolve(name).toAbsolutePath();
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        Files.createDirectories(folder);
        Path draft = Files.createTempDirectory(folder, name + "-").toAbsolutePath();
        try (InputStream in = open(resource)) {
            TarXz.unpack(in, draft);
            Files.setPosixFilePermissions(draft, READABLE);
            Files.move(draft, home);
        } catch (IOException e) {
            Deletion.tree(draft);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
        return home;
    }

    private static String resource() throws IOException {
        String processor = System.getProperty("os.arch");
        return switch (processor) {
            case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
            case "aarch64" -> "/postgres-linux-arm_64.txz";
            default ->
                throw new IOException("PostgreSQL is not packaged for " + processor + "; name an external database");
        };
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = PostgresBinaries.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException("PostgreSQL's programs are not on the class path: " + resource);
        }
        return in;
    }

    /** Quick and by content, so that another version never runs from an old folder. */
    private static long length(String resource) throws IOException {
        URL url = PostgresBinaries.class.getResource(resource);
        if (url == null) {
            throw new IOException("PostgreSQL's programs are not on the class path: " + resource);
        }
        return url.openConnection().getContentLengthLong();
    }
}
