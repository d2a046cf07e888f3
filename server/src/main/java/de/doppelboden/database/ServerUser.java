package de.doppelboden.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user that the server runs as: ourselves, or somebody with fewer rights when we are root.
 *
 * @param name empty when the server runs as ourselves
 */
record ServerUser(Optional<String> name) {

    private static final List<String> PREFERRED = List.of("doppelboden", "postgres", "nobody");
    private static final List<String> SETPRIV = List.of("/usr/bin/setpriv", "/bin/setpriv");
    private static final List<String> RUNUSER = List.of("/usr/sbin/runuser", "/sbin/runuser");

    static ServerUser choose() throws IOException {
        if (!isRoot()) {
            return new ServerUser(Optional.empty());
        }
        List<String> known;
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            known = lines.map(line -> line.substring(0, Math.max(0, line.indexOf(':'))))
                    .toList();
        }
        return PREFERRED.stream()
                .filter(known::contains)
                .findFirst()
                .map(user -> new ServerUser(Optional.of(user)))
                .orElseThrow(() -> new IOException("PostgreSQL does not run as root, and there is none of the users "
                        + String.join(", ", PREFERRED) + "; create the user doppelboden"));
    }

    static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    /** The command as this user runs it, in the same process. */
    List<String> command(List<String> command) throws IOException {
        if (name.isEmpty()) {
            return command;
        }
        List<String> all = new ArrayList<>();
        Optional<String> setpriv = first(SETPRIV);
        Optional<String> runuser = first(RUNUSER);
        if (setpriv.isPresent()) {
            all.addAll(List.of(setpriv.get(), "--reuid=" + name.get(), "--regid=" + group(), "--clear-groups", "--"));
        } else if (runuser.isPresent()) {
            all.addAll(List.of(runuser.get(), "-u", name.get(), "--"));
        } else {
            throw new IOException("neither setpriv nor runuser is there to start PostgreSQL as " + name.get());
        }
        all.addAll(command);
        return all;
    }

    /** Hands a file or folder over, without what is in it. */
    void own(Path path) throws IOException {
        if (name.isPresent()) {
            var users = path.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(path, users.lookupPrincipalByName(name.get()));
        }
    }

    /** The first folder above the path that this user may not pass. */
    Optional<Path> barrier(Path path) throws IOException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        for (Path p = path.toAbsolutePath().getParent(); p != null; p = p.getParent()) {
            if (Files.exists(p) && !passable(p.toRealPath())) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    private boolean passable(Path folder) throws IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.permissions().contains(PosixFilePermission.OTHERS_EXECUTE)
                || name.equals(Optional.of(attributes.owner().getName()));
    }

    private String group() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3 && name.equals(Optional.of(fields[0])))
                    .map(fields -> fields[3])
                    .findFirst()
                    .orElseThrow(() -> new IOException("the user " + name + " has no group"));
        }
    }

    private static Optional<String> first(List<String> programs) {
        return programs.stream().filter(p -> Files.isExecutable(Path.of(p))).findFirst();
    }
}
