package de.doppelboden.bench;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration.Ports;
import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How long {@code ./doppelboden} takes from the second start on, as it is called by a person: the model city and the product. */
final class StartBench implements Bench {

    private static final int STARTS = 5;

    private static final double LONGEST_SECONDS = 240;
    private static final int END_SECONDS = 60;
    private static final int ANSWER_MILLIS = 1_000;
    private static final double LOOK_SECONDS = 0.02;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "the second start of ./doppelboden, until the gateway serves and until everything does";
    }

    private record Started(double gateway, double all) {}

    @Override
    public List<Row> run(Ground ground) throws Exception {
        Path folder = Files.createDirectories(ground.folder().resolve("data"));
        DataFolder.prepare(folder);
        ground.say("the first start, which makes the city ...");
        start(ground, folder);
        var starts = new ArrayList<Started>();
        for (int i = 1; i <= STARTS; i++) {
            ground.say("start " + i + " of " + STARTS + " ...");
            starts.add(start(ground, folder));
        }
        return List.of(
                new Row(
                                "gateway serves",
                                "s",
                                Quantiles.median(
                                        starts.stream().map(Started::gateway).toList()))
                        .against(Target.atMost(2, 2)),
                new Row(
                                "everything serves",
                                "s",
                                Quantiles.median(
                                        starts.stream().map(Started::all).toList()))
                        .against(Target.atMost(10, 10)));
    }

    /** Starts, waits, and ends it. */
    private static Started start(Ground ground, Path folder) throws IOException, InterruptedException {
        int first = FreePorts.row(Ports.COUNT);
        Ports ports = Ports.from(first);
        String script = Path.of(Objects.requireNonNullElse(System.getProperty("doppelboden.home"), "."), "doppelboden")
                .toString();
        long began = ground.pace().now();
        Process process = new ProcessBuilder(
                        script, "start", "--data", folder.toString(), "--first-port", String.valueOf(first))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("start.log").toFile()))
                .start();
        try {
            await(ground, began, process, "http://127.0.0.1:" + ports.management() + "/readyz");
            double gateway = (ground.pace().now() - began) / 1e9;
            await(ground, began, process, "http://127.0.0.1:" + ports.console() + "/livez");
            await(ground, began, process, "http://127.0.0.1:" + ports.primary() + "/health");
            await(ground, began, process, "http://127.0.0.1:" + ports.clerks() + "/anmeldung");
            return new Started(gateway, (ground.pace().now() - began) / 1e9);
        } finally {
            process.destroy();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static void await(Ground ground, long began, Process process, String address)
            throws IOException, InterruptedException {
        while (!answers(address)) {
            if (!process.isAlive() || ground.pace().now() - began > LONGEST_SECONDS * 1e9) {
                throw new IOException("it does not start: " + address + " does not answer");
            }
            ground.pauseSeconds(LOOK_SECONDS);
        }
    }

    private static boolean answers(String address) {
        try {
            var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
