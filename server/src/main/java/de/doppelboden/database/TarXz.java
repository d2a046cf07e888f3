package de.doppelboden.database;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.tukaani.xz.XZInputStream;

/** Unpacks files, folders and links of a tar archive, in ustar or GNU form (POSIX.1-1988 10.1.1), compressed with xz. */
final class TarXz {

    private static final int BLOCK = 512;
    private static final long ENTRY_LIMIT_BYTES = 256L << 20;

    private final InputStream in;
    private final Path target;

    private TarXz(InputStream in, Path target) {
        this.in = in;
        this.target = target;
    }

    static void unpack(InputStream archive, Path target) throws IOException {
        try (InputStream in = new BufferedInputStream(new XZInputStream(archive), 1 << 16)) {
            new TarXz(in, target).entries();
        }
    }

    private void entries() throws IOException {
        String longName = "";
        byte[] header = in.readNBytes(BLOCK);
        while (header.length == BLOCK && header[0] != 0) {
            String name = longName.isEmpty() ? name(header) : longName;
            long size = Long.parseLong(text(header, 124, 12), 8);
            if (size > ENTRY_LIMIT_BYTES) {
                throw new IOException(name + " in the archive is too large: " + size + " bytes");
            }
            longName = "";
            char type = (char) header[156];
            switch (type) {
                case '0', '\0' -> file(inside(name), size, Integer.parseInt(text(header, 100, 8), 8));
                case '5' -> Files.createDirectories(inside(name));
                case '2' -> link(inside(name), text(header, 157, 100));
                case 'L' -> longName = new String(in.readNBytes((int) size), StandardCharsets.UTF_8).replace("\0", "");
                default -> throw new IOException("unexpected kind of entry in the archive: " + type);
            }
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            header = in.readNBytes(BLOCK);
        }
    }

    private void file(Path file, long size, int mode) throws IOException {
        Files.createDirectories(parent(file));
        try (var out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long left = size;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("the archive ends within " + file);
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        boolean executable = (mode & 0100) != 0;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private void link(Path link, String to) throws IOException {
        Path from = parent(link);
        if (!from.resolve(to).normalize().startsWith(target)) {
            throw new IOException("a link in the archive leads out of it: " + link);
        }
        Files.createDirectories(from);
        Files.createSymbolicLink(link, Path.of(to));
    }

    private Path inside(String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("an entry of the archive leads out of it: " + name);
        }
        return path;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? target : parent;
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8).strip();
    }
}
