package de.doppelboden.register.counter;

import de.doppelboden.console.ControlProcess;
import de.doppelboden.console.ControlSettings;
import de.doppelboden.database.Database;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.Identity;
import de.doppelboden.register.feed.FirstCopy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The control process with a copy of 1,000 residents, standby in charge on epoch 7, and clerks as the gateway sends them. */
public final class RunningCounter implements AutoCloseable {

    public static final long EPOCH = 7;

    private final Database database;
    public final Identity identity;
    private final ControlProcess control;

    public RunningCounter(Database database, Path data) throws Exception {
        this.database = database;
        FirstCopy.of(database);
        execute("delete from cycle.ownership");
        execute("insert into cycle.ownership (service, epoch, owner, since, reason)" + " values ('register', " + EPOCH
                + ", 'STANDBY', now(), 'test')");
        identity = Identity.open(database.dataSource(), data.resolve("keys"), InstantSource.system());
        control = ControlProcess.start(new ControlSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                data,
                database,
                URI.create("http://127.0.0.1:9"),
                false,
                Duration.ofHours(12),
                List.of(new ControlSettings.KnownService(
                        "register",
                        "Melderegister",
                        "127.0.0.1:8081",
                        "http://127.0.0.1:18081",
                        Duration.ofDays(90)))));
    }

    /** Erika may see blocked persons. */
    public Desk erika() {
        return new Desk("e.beispiel", "Erika Beispiel", "Bürgeramt Mitte");
    }

    /** Max may not. */
    public Desk max() {
        return new Desk("m.muster", "Max Muster", "Bürgeramt Nord");
    }

    public Desk nobody() {
        return new Desk("", "", "");
    }

    public InetSocketAddress address() {
        return control.address();
    }

    public void execute(String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public List<String> column(String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Override
    public void close() {
        control.close();
    }

    /** One clerk at her desk, behind the gateway. */
    public final class Desk {
        private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
        private final HttpClient client = HttpClient.newHttpClient();
        private final String login;
        private final String name;
        private final String office;

        private Desk(String login, String name, String office) {
            this.login = login;
            this.name = name;
            this.office = office;
        }

        /** What the gateway would sign for this request. */
        public String header() {
            return identity.signature()
                    .sign(new GatewayIdentity(
                            "register",
                            EPOCH,
                            "ON_STANDBY",
                            login,
                            name,
                            office,
                            List.of("clerk"),
                            List.of(),
                            "session-of-" + login,
                            "s1",
                            Instant.now(),
                            "Stand 11:02:41"));
        }

        public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
            return client.send(request(path, headers).build(), BodyHandlers.ofString());
        }

        public HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
            return client.send(request(path).build(), BodyHandlers.ofByteArray());
        }

        public HttpResponse<String> post(String path, Map<String, String> fields, String... headers)
                throws IOException, InterruptedException {
            String body = fields.entrySet().stream()
                    .map(f -> URLEncoder.encode(f.getKey(), StandardCharsets.UTF_8) + "="
                            + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            var request = request(path, headers)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(body));
            return client.send(request.build(), BodyHandlers.ofString());
        }

        public HttpResponse<String> json(String path, String body) throws IOException, InterruptedException {
            return client.send(
                    request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }

        /** Opens a form, fills it in and returns its fields with the hidden ones. */
        public Map<String, String> filled(String path, Map<String, String> values)
                throws IOException, InterruptedException {
            var fields = hidden(get(path).body());
            fields.putAll(values);
            return fields;
        }

        private HttpRequest.Builder request(String path, String... headers) {
            var request = HttpRequest.newBuilder(
                            URI.create("http://" + control.address().getHostString() + ":"
                                    + control.address().getPort() + path))
                    .header(GatewayIdentity.HEADER, header());
            return headers.length == 0 ? request : request.headers(headers);
        }
    }

    /** The hidden fields of a page's forms. */
    public static Map<String, String> hidden(String page) {
        Matcher matcher = Desk.HIDDEN.matcher(page);
        var fields = new java.util.LinkedHashMap<String, String>();
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2).replace("&#43;", "+"));
        }
        return fields;
    }
}
