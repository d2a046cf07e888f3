package de.doppelboden.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import de.doppelboden.configuration.Certificates;
import de.doppelboden.configuration.Secrets;
import de.doppelboden.configuration.TlsSettings;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.TestDatabase;
import de.doppelboden.evidence.EvidenceLog;
import de.doppelboden.evidence.EvidenceReader;
import de.doppelboden.evidence.Note;
import de.doppelboden.evidence.Query;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The command line against a gateway that answers by the book, and a real database. */
class CommandsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("evidence", "cycle", "register");

    private static final String STATUS = """
        {"services":[{"id":"register","state":"ON_STANDBY","serving":"STANDBY","mode":"AUTOMATIC",
        "since":"2026-11-24T11:02:41Z","reason":"The primary answers late, the standby does not.",
        "evidence":{"sentence":"41 of 50 requests were late."},"decision":{"action":"STAY","reason":"It waits."},
        "feed":{"phase":"CURRENT","reason":"All is read.","current":"2026-11-24T11:02:40Z","behindSeconds":1},
        "proof":{"at":"2026-11-20T06:30:00Z","expires":"2026-12-20T06:30:00Z","fresh":true,"sentence":"Proven."},
        "journal":{"open":3,"held":1,"worklist":2}}]}
        """;

    private static final Map<String, String> ELSEWHERE = Map.of(
            "/api/worklist",
            "[{\"service\":\"register\",\"number\":7,\"key\":\"4711\",\"seen\":\"CONFLICT\"},"
                    + "{\"service\":\"mail\",\"number\":8,\"key\":\"another\"}]",
            "/api/journal/register",
            "[{\"number\":7,\"state\":\"CONFLICT\"},{\"number\":6,\"state\":\"APPLIED\"}]",
            "/api/evidence",
            "{\"head\":\"1:a\",\"next\":0,\"entries\":[{\"number\":9,\"entry\":{\"at\":\"2026-11-24T11:00:00Z\","
                    + "\"note\":{\"service\":\"register\",\"kind\":\"switch\",\"text\":\"Users moved.\"}}}]}");

    @TempDir
    private Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer gateway;
    private String out = "";
    private String err = "";

    @BeforeEach
    void install() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        gateway.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path + " " + body + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean refused = path.endsWith("/failback");
            String answer = ELSEWHERE.containsKey(path)
                    ? ELSEWHERE.get(path)
                    : path.endsWith("/services")
                            ? STATUS
                            : refused
                                    ? "{\"title\":\"Refused\",\"detail\":\"The primary has not proven itself.\"}"
                                    : "{\"action\":\"FAIL_OVER\",\"reason\":\"Users move to the standby.\"}";
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(refused ? 409 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        gateway.start();
        Files.createDirectories(folder.resolve("data/keys"));
        Files.createDirectories(folder.resolve("data/state"));
        Secrets.write(folder.resolve("data/keys/operator.token"), "a-token-of-the-operator\n");
        Secrets.write(folder.resolve("password"), database.access().password());
        configure(gateway.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "stop",
                "check-config",
                "status",
                "failover",
                "failback",
                "lift-return-bound",
                "prove",
                "end-exercise",
                "pause",
                "resume",
                "mode",
                "change",
                "change open",
                "change verify",
                "change close",
                "journal",
                "worklist",
                "worklist list",
                "worklist show",
                "worklist decide",
                "evidence",
                "evidence list",
                "evidence verify",
                "evidence anchor",
                "bypass",
                "feed",
                "declare-gone",
                "disk"
            })
    void eachCommandExplainsItselfAndItsExitCodes(String command) {
        int exit = run((command + " --help").split(" "));

        assertThat(exit).isZero();
        assertThat(out).contains("Usage: doppelboden " + command, "Exit codes:", "69   something that is needed");
    }

    @Test
    void saysThatThereIsNothingToStopWhateverAFileSays() throws IOException {
        Files.createDirectories(folder.resolve("data/run"));
        Files.writeString(
                folder.resolve("data/run/supervisor.pid"),
                ProcessHandle.current().pid() + "\n");

        assertThat(run("stop")).isEqualTo(1);
        assertThat(err).contains("Nothing runs on " + folder.resolve("data"));
    }

    @Test
    void takesATimeAsItIsShownAndAsAPersonWouldTypeIt() {
        assertThat(run("feed", "register", "GO_BACK", "--until", "2026-11-24T12:02", "--reason", "x"))
                .isNotEqualTo(64);
        assertThat(run("feed", "register", "GO_BACK", "--until", "2026-11-24T12:02:41+01:00", "--reason", "x"))
                .isNotEqualTo(64);
        assertThat(run("feed", "register", "GO_BACK", "--until", "at noon", "--reason", "x"))
                .isEqualTo(64);
    }

    @Test
    void showsHowTheServicesStand() {
        assertThat(run("status")).isZero();

        assertThat(out)
                .contains(
                        "register  ON_STANDBY, standby serves, mode automatic, since 2026-11-24T12:02:41+01:00",
                        "The primary answers late, the standby does not.",
                        "3 open, 1 behind a decision, 2 on the worklist",
                        "fresh until 2026-12-20T07:30:00+01:00");
    }

    @Test
    void printsOneJsonObject() {
        assertThat(run("status", "--json")).isZero();

        assertThat(json().path("services").get(0).path("id").asString()).isEqualTo("register");
    }

    @Test
    void givesAnOrderWithTheTokenOfThisMachine() {
        assertThat(run("failover", "register", "--reason", "users call")).isZero();

        assertThat(out).contains("FAIL_OVER: Users move to the standby.");
        assertThat(asked)
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("POST /services/register/failover {")
                        .contains("\"reason\":\"users call\"", "Bearer a-token-of-the-operator"));
    }

    @Test
    void endsAnExerciseAndLiftsTheBoundOfReturns() {
        assertThat(run("end-exercise", "register", "--reason", "too many ask")).isZero();
        assertThat(run("lift-return-bound", "register", "--reason", "the cable is mended"))
                .isZero();

        assertThat(asked.getFirst()).startsWith("POST /services/register/prove/end {");
        assertThat(asked.getLast()).startsWith("POST /services/register/lift {");
    }

    @Test
    void saysWhyAnOrderWasRefused() {
        assertThat(run("failback", "register", "--reason", "want to go home")).isEqualTo(1);

        assertThat(out).isEqualTo("Refused: The primary has not proven itself.\n");
    }

    @Test
    void opensAChangeOnOneSide() {
        assertThat(run("change", "open", "register", "--side", "primary", "--reason", "release 7"))
                .isZero();

        assertThat(asked.getFirst()).contains("POST /services/register/change/open", "\"side\":\"PRIMARY\"");
    }

    @Test
    void wantsAReasonAndAServiceThatThereIs() {
        assertThat(run("failover", "register")).isEqualTo(64);
        assertThat(run("failover", "fax", "--reason", "x")).isEqualTo(64);

        assertThat(err).contains("There is no service fax; there are: register");
    }

    @Test
    void showsTheLastStateWhenTheGatewayIsDown() throws IOException {
        gateway.stop(0);
        Files.writeString(
                folder.resolve("data/state/register.json"),
                "{\"state\":\"ON_STANDBY\",\"since\":\"2026-11-24T11:02:41Z\",\"reason\":\"It limps.\"}");

        assertThat(run("status")).isEqualTo(69);
        assertThat(out)
                .contains("The gateway does not answer on 127.0.0.1")
                .contains("register  last known: ON_STANDBY since 2026-11-24T12:02:41+01:00: It limps.");
        assertThat(run("failover", "register", "--reason", "x")).isEqualTo(69);
    }

    @Test
    void saysWhatIsWrongWithAConfiguration() throws IOException {
        Path file = folder.resolve("doppelboden.yaml");
        Files.writeString(file, Files.readString(file).replace("mode: observe", "mode: fast"));

        assertThat(execute("check-config", file.toString())).isEqualTo(78);
        assertThat(out).contains(file + ":11: services[0].mode: \"fast\" is not possible; expected one of observe");
        assertThat(run("status")).isEqualTo(78);
        assertThat(err).contains("services[0].mode");
    }

    @Test
    void saysThatACertificateHasExpired() throws Exception {
        Path file = folder.resolve("doppelboden.yaml");
        TlsSettings gone = Certificates.expired(folder, "gone", "localhost");
        TlsSettings fresh = Certificates.make(folder, "fresh", "localhost");
        String tls = "      tls: { certificate-file: %s, key-file: %s }\n";
        String before = Files.readString(file);

        Files.writeString(file, before + tls.formatted(gone.certificate(), gone.key()));
        assertThat(execute("check-config", file.toString())).isEqualTo(78);
        assertThat(out).contains(gone.certificate() + " is valid until ", "it has expired");

        Files.writeString(file, before + tls.formatted(fresh.certificate(), fresh.key()));
        assertThat(execute("check-config", file.toString())).isZero();
    }

    @Test
    void printsAllKeys() {
        assertThat(execute("check-config", "--keys")).isZero();

        assertThat(out).contains("doppelboden.services[].budget", "10ms to 60s");
    }

    @Test
    void listsAndDecidesTheWorklist() throws Exception {
        long number = conflict();

        assertThat(run("worklist", "list", "register")).isZero();
        assertThat(out).contains("CONFLICT", "resident:4711", "changed on the primary");
        assertThat(run("worklist", "show", "register", String.valueOf(number))).isZero();
        assertThat(out).contains("Langenhorner Chaussee");
        assertThat(run("worklist", "decide", "register", String.valueOf(number), "apply", "--reason", "asked her"))
                .isZero();
        assertThat(run("worklist", "decide", "register", String.valueOf(number), "drop", "--reason", "again"))
                .isEqualTo(1);

        assertThat(new Worklist(database.database(), "register")
                        .item(number)
                        .orElseThrow()
                        .entry()
                        .state())
                .isEqualTo(EntryState.DECIDED_APPLY);
        assertThat(new EvidenceReader(database.database().dataSource())
                        .find(Query.latest(5).ofKind("act.decision")))
                .singleElement()
                .satisfies(found -> assertThat(found.person()).get().asString().contains("user of the machine"));
        assertThat(run("journal", "register", "--open", "--json")).isZero();
        assertThat(json().path("entries")).isNotEmpty();
    }

    @Test
    void listsVerifiesAndAnchorsTheEvidence() throws Exception {
        try (EvidenceLog log = EvidenceLog.open(
                database.access(),
                folder.resolve("data/evidence"),
                "test",
                InstantSource.system(),
                new SplittableRandom(),
                List.of())) {
            log.append(new Note("register", "switch", "Users moved to the standby."));
        }

        assertThat(run("evidence", "list", "--kind", "switch")).isZero();
        assertThat(out).contains("Users moved to the standby.");
        assertThat(run("evidence", "anchor")).isZero();
        String anchor = out.strip();
        assertThat(run("evidence", "verify", "--anchor", anchor)).isZero();
        assertThat(out).contains("entries are as they were written");
        assertThat(run("evidence", "verify", "--anchor", "9999:" + "0".repeat(64), "--json"))
                .isEqualTo(1);
        assertThat(json().path("found").path("kind").asString()).isEqualTo("CUT_OFF");
        assertThat(run("evidence", "verify", "--anchor", "nonsense")).isEqualTo(64);
    }

    @Test
    void readsWorklistJournalAndEvidenceOfAConsoleElsewhere() throws IOException {
        Path token = Secrets.write(folder.resolve("token"), "a-token-from-elsewhere");
        String url = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/";
        String[] there = {"--url", url, "--token-file", token.toString()};

        assertThat(execute(with(there, "worklist", "list", "register"))).isZero();
        assertThat(out).contains("4711").doesNotContain("another");
        assertThat(execute(with(there, "journal", "register", "--open"))).isZero();
        assertThat(out).contains("CONFLICT").doesNotContain("APPLIED");
        assertThat(execute(with(there, "evidence", "list", "--text", "a b"))).isZero();
        assertThat(out).contains("Users moved.");
        assertThat(execute(with(there, "worklist", "show", "register", "1"))).isEqualTo(64);
        assertThat(asked.getFirst()).startsWith("GET /api/worklist ").endsWith("Bearer a-token-from-elsewhere");
    }

    private static String[] with(String[] more, String... command) {
        return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void tellsTheBypassAndWhetherThePrimaryAnswers() throws IOException {
        assertThat(run("bypass", "register")).isZero();
        assertThat(out).contains("Without us they reach the primary on http://127.0.0.1", "answers 200");

        gateway.stop(0);
        Files.writeString(folder.resolve("data/state/register.json"), "{\"state\":\"RECONCILING\"}");

        assertThat(run("bypass", "register")).isEqualTo(69);
        assertThat(out).contains("does not answer", "Careful: the standby served last.");
    }

    @Test
    void ordersTheFeedAndSaysWhatCameOfIt() throws Exception {
        var control = Executors.newVirtualThreadPerTaskExecutor();
        var carriedOut =
                control.submit(() -> await().until(() -> database.database().transaction(connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.executeUpdate("update register.feed_order set done_at = now(),"
                                        + " result = 'the feed is RUNNING' where kind = 'ACCEPT' and done_at is null")
                                == 1;
                    }
                })));

        int exit = run("feed", "register", "accept", "--reason", "streets were renamed");
        assertThat(exit).as(err).isZero();
        carriedOut.get();
        control.close();

        assertThat(out).contains("the feed is RUNNING");
        assertThat(new EvidenceReader(database.database().dataSource())
                        .find(Query.latest(5).ofKind("act.feed")))
                .singleElement()
                .satisfies(found ->
                        assertThat(found.entry().note().text()).contains("ordered to ACCEPT: streets were renamed"));
        assertThat(run("feed", "register", "go_back", "--reason", "when?")).isEqualTo(64);
        assertThat(run("feed", "telephony", "accept", "--reason", "none")).isEqualTo(64);
    }

    @Test
    void saysWhatARowTakes() throws Exception {
        conflict();

        assertThat(run("disk")).isZero();
        assertThat(out)
                .contains("BYTES A ROW")
                .containsPattern("cycle\\.journal +\\d+ +\\d+ +\\d+")
                .contains("MB are free");
        assertThat(run("disk", "--json")).isZero();
        assertThat(json().path("tables")).anySatisfy(table -> {
            assertThat(table.path("name").asString()).isEqualTo("cycle.journal");
            assertThat(table.path("bytes").asLong()).isPositive();
        });
    }

    @Test
    void saysThatTheDatabaseIsAway() throws IOException {
        Path file = folder.resolve("doppelboden.yaml");
        Files.writeString(
                file,
                Files.readString(file).replaceAll("jdbc:postgresql://127.0.0.1:\\d+", "jdbc:postgresql://127.0.0.1:1"));

        assertThat(run("journal", "register")).isEqualTo(69);
        assertThat(err).contains("The database does not answer");
    }

    private long conflict() throws Exception {
        return database.database().transaction(connection -> {
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("""
                        insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version,
                            payload, actor, office, at, state, epoch, why)
                        values ('register', gen_random_uuid()::text, 'register.move', 'resident', '4711', '7',
                            '{"strasse": "Langenhorner Chaussee"}', 'a', 'Nord', now(), 'CONFLICT', 2,
                            'changed on the primary')
                        returning number\
                        """)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void configure(int port) throws IOException {
        Files.writeString(folder.resolve("doppelboden.yaml"), """
            doppelboden:
              data: ./data
              database: { url: "%s", user: %s, password-file: password }
              console:    { listen: 127.0.0.1:0 }
              management: { listen: 127.0.0.1:%d }
              services:
                - id: register
                  kind: register
                  listen: 127.0.0.1:0
                  primary: http://127.0.0.1:%d
                  mode: observe
                  login: { path: /anmeldung, user-field: kennung, password-field: kennwort, session-cookie: S }
                  feed: { url: "jdbc:postgresql://127.0.0.1:1/city", user: feed, password-file: keys/feed }
                  replay: { url: "http://127.0.0.1:1/api/v1", token-file: keys/token }
            """.formatted(
                        database.access().url(), database.access().user(), port, port));
    }

    private int run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = folder.resolve("doppelboden.yaml").toString();
        boolean help = List.of(arguments).contains("--help");
        return execute(help ? arguments : all);
    }

    private int execute(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true));
        int exit = commands.execute(arguments);
        out = output.toString();
        err = errors.toString();
        return exit;
    }

    private JsonNode json() {
        return Printing.JSON.readTree(out);
    }
}
