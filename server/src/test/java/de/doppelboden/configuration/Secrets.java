package de.doppelboden.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets, as an administrator makes them. */
public final class Secrets {

    private Secrets() {}

    /** Nobody but the owner may open it. */
    public static Path write(Path file, String secret) throws IOException {
        Files.writeString(file, secret);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
