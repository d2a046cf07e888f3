package de.doppelboden.city.replay;

import de.doppelboden.city.CityMain;
import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.register.CityCluster;
import de.doppelboden.configuration.DataSize;
import de.doppelboden.database.Access;
import de.doppelboden.supervisor.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The model city with the product in front of it as everybody starts it, all of it in real processes that can be killed. */
final class KilledCity implements AutoCloseable {

    /** Its only service. */
    static final String SERVICE = "register";

    private static final DataSize HEAP = DataSize.parse("160MB");
    private static final int PORTS = 8;
    private static final Duration ANSWER = Duration.ofSeconds(3);
    private static final Duration END = Duration.ofSeconds(60);
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final Path folder;
    private final int first;
    private final Ports ports;
    private final List<String> command;
    private final Pace pace;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();
    private @Nullable Process supervisor;

    KilledCity(Path folder, int residents, Pace pace) throws IOException {
        this.folder = folder;
        this.pace = pace;
        this.first = FreePorts.row(PORTS);
        this.ports = Ports.from(first);
        this.command = JavaCommand.of(
                CityMain.class,
                HEAP,
                List.of(
                        "start",
                        "--data",
                        folder.toString(),
                        "--residents",
                        Integer.toString(residents),
                        "--first-port",
                        Integer.toString(first)));
    }

    /** Starts everything, or what is not there any more after the supervisor was killed. */
    void start() throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(JavaCommand.ENVIRONMENT);
        builder.environment().put("DOPPELBODEN_SERVICES_0_RETURN_STEP", "300ms");
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Process started = builder.start();
        started.getOutputStream().close();
        supervisor = started;
    }

    Path log() {
        return folder.resolve("start.log");
    }

    URI clerks() {
        return URI.create("http://127.0.0.1:" + ports.clerks() + "/");
    }

    /** The process that a victim is now, if it is there. */
    Optional<ProcessHandle> process(Kills.Victim victim) {
        return switch (victim) {
            case GATEWAY -> written(folder.resolve("run/gateway.pid"));
            case CONTROL -> written(folder.resolve("run/control.pid"));
            case PRIMARY -> written(folder.resolve("run/city.pid"));
            case DATABASE -> written(cluster().resolve("postmaster.pid"));
            case SUPERVISOR -> Optional.ofNullable(supervisor).map(Process::toHandle);
        };
    }

    private static Optional<ProcessHandle> written(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(pid -> pid.matches("\\d+"))
                    .map(Long::parseLong)
                    .flatMap(ProcessHandle::of);
        } catch (IOException | UncheckedIOException notNow) {
            return Optional.empty();
        }
    }

    /** Elsewhere when the user of the database server may not pass to the folder. */
    private Path cluster() {
        Path location = folder.resolve("pg/location");
        try {
            return Path.of(
                            Files.exists(location)
                                    ? Files.readString(location).strip()
                                    : folder.resolve("pg").toString())
                    .resolve("cluster");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Waits until users are served by the primary and nothing waits to go back to it; false when that does not come. */
    boolean awaitHome(Duration most) throws InterruptedException {
        return await(
                most,
                status -> status.path("state").asString("").equals("NORMAL")
                        && status.path("feed").path("phase").asString("").equals("RUNNING")
                        && status.path("journal").path("open").asInt(-1) == 0);
    }

    /** Waits until gateway, control process, database and primary all answer; false when that does not come. */
    boolean awaitUp(Duration most) throws InterruptedException {
        return await(
                most,
                status -> status.path("journal").isObject()
                        && answers("http://127.0.0.1:" + ports.console() + "/livez")
                        && answers("http://127.0.0.1:" + ports.primary() + "/health"));
    }

    private boolean await(Duration most, Predicate<JsonNode> wanted) throws InterruptedException {
        long latest = pace.now() + most.toNanos();
        while (pace.now() < latest) {
            Optional<JsonNode> status = status();
            if (status.isPresent() && wanted.test(status.get())) {
                return true;
            }
            pace.pause(LOOK);
        }
        return false;
    }

    Optional<JsonNode> status() throws InterruptedException {
        try {
            var asked = URI.create("http://127.0.0.1:" + ports.management() + "/services/" + SERVICE);
            var answer = http.send(request(asked), HttpResponse.BodyHandlers.ofString());
            return Optional.of(JsonMapper.shared().readTree(answer.body()));
        } catch (IOException | JacksonException notNow) {
            return Optional.empty();
        }
    }

    private boolean answers(String address) {
        try {
            return http.send(request(URI.create(address)), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notNow) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static HttpRequest request(URI address) {
        return HttpRequest.newBuilder(address).timeout(ANSWER).build();
    }

    /** The primary's own database. */
    Access primary() throws IOException {
        return CityCluster.reachable(
                folder.resolve("city"), ports.cityDatabase(), CityCluster.FIRST, new SecureRandom());
    }

    Path configuration() {
        return folder.resolve("doppelboden.yaml");
    }

    /** As Ctrl-C does. */
    @Override
    public void close() {
        Process running = supervisor;
        try {
            if (running != null) {
                running.destroy();
                if (!running.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
