package de.doppelboden.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The folder that an installation keeps everything in, and the secrets in it. Everything below is for the owner alone;
 * the folder itself lets others pass when the owner is root, because the database server then runs as another user.
 */
public final class DataFolder {

    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> PASSABLE_FOLDER = PosixFilePermissions.fromString("rwx--x--x");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String[] ROOMS = {"keys", "state", "evidence", "log", "run"};
    private static final int SECRET_BYTES = 32;
    private static final int NAME_LETTERS = 8;

    private DataFolder() {}

    /** Creates the folder and its rooms, and sets their permissions right if they are not. */
    public static void prepare(Path data) throws IOException {
        Files.createDirectories(data);
        boolean root = "root".equals(Files.getOwner(data).getName());
        Files.setPosixFilePermissions(data, root ? PASSABLE_FOLDER : OWNER_FOLDER);
        for (String room : ROOMS) {
            createPrivate(data.resolve(room));
        }
    }

    /** Creates a folder for the owner alone. */
    public static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, OWNER_FOLDER);
    }

    /** The secret in the file; made first when there is none. Safe when several processes ask at once. */
    public static String secret(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            createSecret(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return readSecret(file);
    }

    /** What this folder's gateway is called among those on its database; a copy of the folder has the same name. */
    public static String gatewayName(Path data, SecureRandom random) throws IOException {
        return "gateway-"
                + secret(data.resolve("state").resolve("gateway"), random).substring(0, NAME_LETTERS);
    }

    /** The secret in the file, without the white space around it; refused when the file is open to everybody. */
    public static String readSecret(Path file) throws IOException {
        Optional<String> open = openToEverybody(file);
        if (open.isPresent()) {
            throw new IOException(open.get());
        }
        String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (secret.isEmpty()) {
            throw new IOException(file + " is empty; a secret was expected");
        }
        return secret;
    }

    /** What is wrong with the mode of a file with a secret; a group may be let in, everybody may not. */
    static Optional<String> openToEverybody(Path file) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        return mode.contains(PosixFilePermission.OTHERS_READ) || mode.contains(PosixFilePermission.OTHERS_WRITE)
                ? Optional.of(file + " is open to everybody on this machine (" + PosixFilePermissions.toString(mode)
                        + "); close it: chmod o= " + file)
                : Optional.empty();
    }

    private static void createSecret(Path file, String secret) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path draft = Files.createTempFile(
                folder, file.getFileName().toString(), ".new", PosixFilePermissions.asFileAttribute(OWNER_FILE));
        try {
            Files.writeString(draft, secret + "\n", StandardCharsets.UTF_8);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return; // another process was first; its secret counts
        } finally {
            Files.delete(draft);
        }
    }

    /** Writes a file whole or not at all, for the owner alone. */
    public static void replace(Path file, byte[] content) throws IOException {
        Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(OWNER_FILE));
        Files.write(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
