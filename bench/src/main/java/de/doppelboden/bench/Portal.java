package de.doppelboden.bench;

import de.doppelboden.cli.Serving;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** The whole product in front of a web application: its database, its control process, its gateway with the judge. */
final class Portal implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);

    private final Path folder;
    private final Supervisor floor;

    private Portal(Path folder, Supervisor floor) {
        this.folder = folder;
        this.floor = floor;
    }

    /**
     * Starts it, and waits until it is ready.
     *
     * @param folder an empty one of its own; {@code {work}} in the template
     * @param template a resource with words in braces
     */
    static Portal start(Path folder, String template, Map<String, Object> words) throws Exception {
        DataFolder.prepare(folder);
        Path file = filled(template, folder.resolve("doppelboden.yaml"), words);
        if (!(Configuration.load(file, Map.of()) instanceof Configuration.Valid valid)) {
            throw new IllegalStateException("the configuration is wrong: " + file);
        }
        var floor = Serving.start(valid.configuration(), file);
        var missing = floor.awaitReady(READY);
        if (!missing.isEmpty()) {
            floor.close();
            throw new IOException("the second floor did not start: " + missing);
        }
        return new Portal(folder, floor);
    }

    /** Writes a resource with its words filled in. */
    static Path filled(String template, Path file, Map<String, Object> words) throws IOException {
        try (InputStream in = Objects.requireNonNull(Portal.class.getResourceAsStream("/" + template), template)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (var word : words.entrySet()) {
                text = text.replace("{" + word.getKey() + "}", word.getValue().toString());
            }
            return Files.writeString(file, text);
        }
    }

    ProcessHandle gateway() throws IOException {
        String pid = Files.readAllLines(folder.resolve("run/gateway.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    @Override
    public void close() {
        floor.close();
    }
}
