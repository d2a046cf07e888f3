package de.doppelboden.cycle;

import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.failover.Saved;
import de.doppelboden.continuity.ownership.Permit;
import de.doppelboden.continuity.ownership.Steward;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last state of one service in a local file, from which a restarted gateway goes on. Written beside and moved over the
 * old one, each step forced to the disk: after a crash there is the old state or the new one, never a half.
 */
final class LocalState {

    /**
     * What is kept. The steward's ownership may be later than the controller's: after a restart the controller adopts it.
     *
     * @param configured the mode of the configuration that the gateway ran with; a person may have ordered another one since
     */
    record Kept(Saved saved, Steward.Kept standing, Optional<Permit> permit, Optional<Mode> configured) {

        /** For a gateway whose steward has not yet kept anything of its own. */
        static Kept of(Saved saved, Optional<Permit> permit, Optional<Mode> configured) {
            return new Kept(saved, new Steward.Kept(saved.ownership(), saved.company()), permit, configured);
        }
    }

    private static final Logger log = LoggerFactory.getLogger(LocalState.class);
    private static final int MOST_BYTES = 4 << 20;

    private final Path file;

    LocalState(Path file) {
        this.file = file;
    }

    /** Empty if there is none. A file that cannot be read is set aside, so that somebody can look at it. */
    Optional<Kept> read() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException("the file is larger than it can be");
            }
            return Optional.of(SavedJson.read(Files.readString(file)));
        } catch (IOException | RuntimeException broken) {
            log.error("the last state in {} cannot be read: {}", file, broken.getMessage());
            setAside();
            return Optional.empty();
        }
    }

    private void setAside() {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".broken"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            log.error("and cannot be set aside", failed);
        }
    }

    void write(Kept kept) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        Files.createFile(beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(SavedJson.write(kept)));
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
