package de.doppelboden.city.replay;

import de.doppelboden.cli.Serving;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The product in a folder of its own, whatever its services: gateway, control process and database as real processes. */
public final class Product implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(3);

    private final Path file;
    private final Configuration configuration;
    private final Supervisor supervisor;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();

    private Product(Path file, Configuration configuration, Supervisor supervisor) {
        this.file = file;
        this.configuration = configuration;
        this.supervisor = supervisor;
    }

    /**
     * Begins to start it.
     *
     * @param file its configuration, whose data folder is prepared
     */
    public static Product start(Path file) throws IOException, InterruptedException {
        if (!(Configuration.load(file, Map.of()) instanceof Configuration.Valid valid)) {
            throw new IllegalStateException("the configuration is wrong: " + file);
        }
        try {
            return new Product(file, valid.configuration(), Serving.start(valid.configuration(), file));
        } catch (Supervisor.AlreadyRunning e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until all of its processes answer. */
    public void awaitRunning() throws IOException, InterruptedException {
        List<String> missing = supervisor.awaitReady(READY);
        if (!missing.isEmpty()) {
            throw new IOException("the second floor did not start: " + missing + "; its logs are in "
                    + configuration.data().resolve("log"));
        }
    }

    /** Whether by this status the primary serves everybody. */
    public static boolean home(JsonNode status) {
        return status.path("state").asString("").equals("NORMAL")
                && status.path("serving").asString("").equals("PRIMARY");
    }

    /** Its state and the sentences that say why, for whoever wonders. */
    public String said(String service) throws IOException, InterruptedException {
        JsonNode status = status(service);
        return status.path("state").asString("?") + ": " + status.path("reason").asString("") + " / "
                + status.path("decision").path("reason").asString("");
    }

    /** What the management address says of a service. */
    public JsonNode status(String service) throws IOException, InterruptedException {
        return look("/services/" + service);
    }

    /** What the management address says under a path. */
    public JsonNode look(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://" + configuration.management() + path);
        var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        return JsonMapper.shared()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    /** Its configuration file, for commands. */
    public Path file() {
        return file;
    }

    Configuration configuration() {
        return configuration;
    }

    /** One of its processes, as the pid file names it. */
    public ProcessHandle process(String name) throws IOException {
        Path pidFile = configuration.data().resolve("run").resolve(name + ".pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IOException(name + " " + pid + " has ended"));
    }

    @Override
    public void close() {
        supervisor.close();
        http.shutdownNow();
    }
}
