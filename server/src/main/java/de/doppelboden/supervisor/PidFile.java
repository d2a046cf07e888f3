package de.doppelboden.supervisor;

import de.doppelboden.database.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a child across our own death: its process number, and when it began, since numbers are given again to other
 * programs.
 */
record PidFile(Path file) {

    void write(ProcessHandle process) throws IOException {
        String begun = process.info().startInstant().map(Instant::toString).orElse("");
        Files.writeString(file, process.pid() + "\n" + begun + "\n", StandardCharsets.UTF_8);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The child, if it is alive and really the one that was written down. */
    Optional<ProcessHandle> child() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2 || !lines.getFirst().matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        String begun = lines.get(1);
        return ProcessHandle.of(Long.parseLong(lines.getFirst()))
                .filter(Running::is)
                .filter(process -> !begun.isEmpty()
                        && begun.equals(process.info()
                                .startInstant()
                                .map(Instant::toString)
                                .orElse("")));
    }
}
