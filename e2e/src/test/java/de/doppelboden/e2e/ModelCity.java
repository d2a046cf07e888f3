package de.doppelboden.e2e;

import de.doppelboden.city.CityMain;
import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration.Ports;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The model city with the product in front of it, as {@code ./doppelboden} starts them. */
final class ModelCity implements AutoCloseable {

    private static final Duration STARTED = Duration.ofSeconds(90);
    private static final int RESIDENTS = 3000;

    final Ports ports;
    private final Path data;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();

    private ModelCity(Path data, Ports ports, Process process) {
        this.data = data;
        this.ports = ports;
        this.process = process;
    }

    static ModelCity start(Path data) throws IOException {
        Ports ports = Ports.from(FreePorts.row(Ports.COUNT));
        Path log = Files.createDirectories(data).resolve("start.log");
        ProcessBuilder start = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CityMain.class.getName(),
                        "start",
                        "--data",
                        data.toString(),
                        "--first-port",
                        String.valueOf(ports.console()),
                        "--residents",
                        String.valueOf(RESIDENTS))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        start.environment().put("DOPPELBODEN_SERVICES_0_RETURN_STEP", "500ms"); // nobody but us looks at it
        Process process = start.start();
        ModelCity city = new ModelCity(data, ports, process);
        try {
            Awaitility.await("the model city").atMost(STARTED).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the model city ended: " + Files.readString(log));
                }
                return Files.readString(log).contains("Three things to try") && city.standbyIsCurrent();
            });
        } catch (RuntimeException | Error e) {
            city.close();
            throw e;
        }
        return city;
    }

    String console() {
        return "http://127.0.0.1:" + ports.console();
    }

    /** The clerks' address. */
    String counter() {
        return "http://127.0.0.1:" + ports.clerks();
    }

    /** The primary itself, past the gateway. */
    String primary() {
        return "http://127.0.0.1:" + ports.primary();
    }

    String faultPage() {
        return "http://127.0.0.1:" + ports.faults();
    }

    /** The password of somebody of the demonstration. */
    String password(String login) throws IOException {
        return logIns().get(login);
    }

    /** Those of the demonstration. */
    Map<String, String> logIns() throws IOException {
        return Files.readAllLines(data.resolve("keys/demonstration-logins.txt")).stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    void fault(String kind) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(faultPage() + "/fault"))
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("kind=" + kind)));
    }

    /** What the gateway says of the register. */
    String status() throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.management() + "/services/register")));
    }

    void awaitState(String... states) {
        Awaitility.await(String.join(" or ", states)).atMost(STARTED).until(() -> {
            String status = status();
            return List.of(states).stream().anyMatch(state -> status.contains("\"state\":\"" + state + "\""));
        });
    }

    /** Kills a process of the product; the supervisor starts it again in some seconds. */
    void kill(String name) throws IOException {
        String pid = Files.readString(data.resolve("run").resolve(name + ".pid"))
                .strip()
                .split("\\s+")[0];
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean standbyIsCurrent() {
        try {
            return status().contains("\"phase\":\"RUNNING\"");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
    }
}
