package de.doppelboden.cli;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.DatabaseSettings;
import de.doppelboden.console.ControlProcess;
import de.doppelboden.console.ControlSettings;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.database.EmbeddedPostgres;
import de.doppelboden.database.EmbeddedSettings;
import de.doppelboden.database.Migrations;
import de.doppelboden.gateway.GatewayProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts one of the product's processes once in this JVM, on ports of its own, asks for some pages and ends. The launcher runs it
 * after a build, and keeps what the JVM learnt meanwhile for later starts (JEP 514, docs/adr/0012).
 */
@Command(name = "rehearse", hidden = true, description = "Starts a process once, for the JVM to learn.")
final class RehearseCommand implements Callable<Integer> {

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 4;
    private static final String FILE = "doppelboden.yaml";
    private static final String YAML = """
            doppelboden:
              data: .
              database: { url: embedded, port: %1$d }
              console: { listen: "127.0.0.1:%2$d" }
              management: { listen: "127.0.0.1:0" }
              services:
                - id: register
                  kind: register
                  listen: 127.0.0.1:0
                  primary: http://127.0.0.1:9
                  login: { path: /anmeldung, user-field: kennung, password-field: kennwort, session-cookie: SITZUNG }
                  feed: { url: "jdbc:postgresql://127.0.0.1:%1$d/doppelboden", user: doppelboden, password-file: keys/database.password }
                  replay: { url: "http://127.0.0.1:9", token-file: nothing }
            """;

    /** What is started. */
    private enum Rehearsed {
        /** With what the supervisor needs as well; its database is away. */
        GATEWAY,
        /** With a database of its own, which is also the primary that the feed reads; the counter's pages are asked as well. */
        CONTROL
    }

    @Parameters(index = "0", description = "One of ${COMPLETION-CANDIDATES}.")
    private Rehearsed process = Rehearsed.GATEWAY;

    @Parameters(index = "1", description = "An empty folder for its data.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws Exception {
        DataFolder.prepare(folder);
        Configuration configuration = configuration();
        switch (process) {
            case GATEWAY -> gateway(configuration);
            case CONTROL -> control(configuration);
        }
        return Exit.OK;
    }

    /** Twice, because a later start reads what an earlier one has kept. */
    private void gateway(Configuration configuration) throws Exception {
        ServeCommand.plan(configuration, folder.resolve(FILE), List.of());
        for (int start = 0; start < 2; start++) {
            try (GatewayProcess gateway = GatewayProcess.start(configuration)) {
                String management = "http://127.0.0.1:" + gateway.managementPort();
                for (String page : List.of("/readyz", "/services", "/metrics")) {
                    ask(management + page);
                }
                ask("http://127.0.0.1:" + gateway.service("register").listener().port() + "/");
            }
        }
    }

    private static void control(Configuration configuration) throws Exception {
        var random = new SecureRandom();
        var embedded = (DatabaseSettings.Embedded) configuration.database();
        try (EmbeddedPostgres _ = EmbeddedPostgres.start(EmbeddedSettings.of(configuration, embedded), random);
                Database database = Database.open(Access.of(configuration), "rehearsal", CONNECTIONS, ANSWER)) {
            Migrations.migrate(database.dataSource(), Migrations.SCHEMAS);
            CounterRehearsal.prepare(database);
            try (ControlProcess control = ControlProcess.start(ControlSettings.of(configuration, database));
                    Feeds _ = Feeds.start(configuration, database)) {
                String console = "http://127.0.0.1:" + control.address().getPort();
                for (String page : List.of("/anmeldung", "/", "/api/services", "/livez", "/notbetrieb/")) {
                    ask(console + page);
                }
                CounterRehearsal.run(URI.create(console), database, configuration.keys());
            }
        }
    }

    private Configuration configuration() throws IOException {
        DataFolder.replace(folder.resolve("nothing"), "nothing".getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve(FILE);
        Files.writeString(file, YAML.formatted(unusedPort(), unusedPort()));
        return switch (Configuration.load(file, Map.of())) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid ->
                throw new IllegalStateException(invalid.problems().toString());
        };
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What the answer is does not matter. */
    private static void ask(String address) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setReadTimeout((int) ANSWER.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.getResponseCode();
        connection.disconnect();
    }
}
