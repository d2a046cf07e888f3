package de.doppelboden.city.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.city.WholeCity;
import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.population.Population;
import de.doppelboden.city.population.Resident;
import de.doppelboden.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that nobody should send, to the whole product while the standby serves: each gets a clear error, and a colleague is
 * served as before after each of them.
 */
class BadInputTest {

    /** In the text of every page that shows it unescaped. */
    private static final String MARK = "<b>boese</b>";

    private static final Map<String, String> NASTY = new LinkedHashMap<>();

    static {
        NASTY.put("HTML", encoded("\"'>" + MARK + "<script>alert(1)</script>"));
        NASTY.put("SQL", encoded("'; drop table register.resident; delete from cycle.journal; --"));
        NASTY.put("a path", encoded("../../../../data/keys/operator.token"));
        NASTY.put("too long", "A".repeat(20_000));
        NASTY.put("much too long", "B".repeat(100_000));
        NASTY.put("no UTF-8", "%FF%FE%C0%AF");
        NASTY.put("half a character", "M%C3");
        NASTY.put("a broken escape", "%zz%4");
        NASTY.put("nothing at all", "%00");
        NASTY.put("line ends", "a%0D%0ASet-Cookie:%20boese=1%0D%0A%0D%0A");
        NASTY.put("a look-up", encoded("${jndi:ldap://127.0.0.1/x}#{7*7}%n%s"));
        NASTY.put("hidden direction", encoded("M\u202Ereller\u0000\uFFFF"));
        NASTY.put("empty", "");
    }

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final Map<Integer, Desked> DESKS = new LinkedHashMap<>();

    private static WholeCity city;
    private static Resident resident;

    @BeforeAll
    static void start() throws Exception {
        city = new WholeCity(
                yaml -> yaml.replace("  management:", "  gateway: { head-time: 2s, idle: 5s }\n  management:"));
        List<Resident> first = new ArrayList<>();
        new Population(1).make(100, first::add);
        resident = first.stream()
                .filter(r -> r.blockReason() == null && r.died() == null)
                .findFirst()
                .orElseThrow();
        await().atMost(Duration.ofSeconds(60)).until(() -> city.status().contains("\"phase\":\"RUNNING\""));
        desk(1); // known to the primary before it is away
        desk(2);
        order("failover");
        await().atMost(Duration.ofSeconds(30)).until(() -> city.status().contains("\"state\":\"ON_STANDBY\""));
        order("pause");
        DESKS.clear(); // from now on at the standby, which knows them as soon as their log-ins are remembered
        for (int number : List.of(1, 2)) {
            await().pollInterval(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> desk(number).cookies().containsKey("DBSITZUNG") || DESKS.remove(number) == null);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        HTTP.close();
        city.close();
    }

    @AfterEach
    void aColleagueIsServedAsBefore() throws Exception {
        Desked colleague = desk(2);
        var answer = colleague.get("/notbetrieb/person/" + resident.om());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(resident.familyName());
        assertThat(get(city.console(), "/livez", "").statusCode()).isEqualTo(200);
        assertThat(city.status()).contains("\"state\":\"ON_STANDBY\"").contains("\"journal\":{");
    }

    @Test
    void eachFieldOfEachFormOfTheCounter() throws Exception {
        Desked clerk = desk(1);
        var seen = new TreeSet<String>();
        String person = "/notbetrieb/person/" + resident.om();
        for (String page :
                List.of("/notbetrieb/", person, person + "/umzug", person + "/sperre", "/notbetrieb/zuzug")) {
            seen.addAll(abuse(clerk, page));
        }
        seen.addAll(abuse(new Desked(city.clerks(), new LinkedHashMap<>()), "/notbetrieb/anmeldung"));

        assertThat(seen)
                .as("the fields that were tried")
                .contains(
                        "familienname",
                        "geburtsdatum",
                        "nummer",
                        "strasse",
                        "hausnummer",
                        "zusatz",
                        "plz",
                        "ort",
                        "einzug",
                        "grund",
                        "vornamen",
                        "geburtsname",
                        "geschlecht",
                        "staatsangehoerigkeit",
                        "zuzugsland",
                        "vorgang",
                        "stand",
                        "_csrf",
                        "kennung",
                        "kennwort");
    }

    @Test
    void eachFieldOfEachFormOfTheConsole() throws Exception {
        var seen = new TreeSet<String>();
        seen.addAll(abuse(new Desked(city.console(), new LinkedHashMap<>()), "/anmeldung"));
        Desked operator = operator();
        for (String page : List.of(
                "/personen",
                "/kennwort",
                "/protokoll",
                "/arbeitsliste",
                "/dienste/register",
                "/dienste/register/auftrag/rueckfuehrung-freigeben",
                "/dienste/register/auftrag/aenderung-erlauben")) {
            seen.addAll(abuse(operator, page));
        }

        assertThat(seen).contains("kennung", "kennwort", "ziel", "alt", "neu", "nochmal", "grund", "_csrf");
    }

    /** Sends each form of a page once for each field and each nasty content; the names of the fields. */
    private static TreeSet<String> abuse(Desked who, String page) throws Exception {
        var shown = who.get(page);
        assertThat(shown.statusCode()).as(page).isEqualTo(200);
        var fields = new TreeSet<String>();
        for (Page.Form form : Page.of(shown.body()).forms()) {
            if (form.action().contains("abmeldung")) {
                continue;
            }
            for (String field : form.fields().keySet()) {
                fields.add(field);
                for (var nasty : NASTY.entrySet()) {
                    harmless(page + " " + field + ": " + nasty.getKey(), who.send(form, page, field, nasty.getValue()));
                }
            }
        }
        return fields;
    }

    private static void harmless(String what, Answer answer) {
        assertThat(answer.statusCode()).as(what).isBetween(200, 499);
        assertThat(answer.body())
                .as(what)
                .doesNotContain(MARK, "<script>alert", "Exception", "\tat ", "PSQL", "org.springframework", "root:x:");
        assertThat(answer.all("Set-Cookie")).as(what).noneMatch(cookie -> cookie.startsWith("boese"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/notbetrieb/../api/services",
                "/notbetrieb/%2e%2e/api/services",
                "/notbetrieb/..%2f..%2fapi/services",
                "/notbetrieb/assets/../../../data/keys/operator.token",
                "/notbetrieb/assets/%2e%2e/%2e%2e/application.properties",
                "/assets/..%5c..%5ckeys/operator.token",
                "/notbetrieb/person/1;x=/api/services",
                "/notbetrieb/person/%00",
                "/notbetrieb/person/1/../../../personen",
                "/notbetrieb//person//1",
                "//evil.example/notbetrieb/",
                "/notbetrieb/person/99999999999999999999999999",
                "/notbetrieb/beleg/00000000-0000-0000-0000-000000000000",
                "/notbetrieb/beleg/..%2f..%2fx",
                "/notbetrieb/uebernahme",
                "/%c0%af%c0%af/etc/passwd",
                "/%zz"
            })
    void trickyAddressesShowNothing(String path) throws Exception {
        for (String base : List.of(city.clerks().toString(), city.console().toString())) {
            String answer = raw(
                    URI.create(base),
                    "GET " + path + " HTTP/1.1\r\nHost: a\r\nCookie: " + desk(1).cookie()
                            + "\r\nConnection: close\r\n\r\n");

            assertThat(answer).as(base).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 5");
            assertThat(answer)
                    .doesNotContain(token(), "\"services\"", "Exception", "root:", resident.familyName() + "</")
                    .doesNotContain("Location: http://evil", "Location: //evil");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nX: %LONG%\r\n\r\n",
                "GET /%LONG% HTTP/1.1\r\nHost: a\r\n\r\n",
                "%LONG%",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /notbetrieb/anmeldung HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: a\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String request) throws Exception {
        String bytes = request.replace("%LONG%", "a".repeat(200_000));

        assertThat(raw(city.clerks(), bytes)).matches("(?s)HTTP/1.1 4\\d\\d .*|HTTP/1.1 50[15] .*|");
        assertThat(raw(city.console(), bytes))
                .as("here the length is left out and the connection closed, where both are given")
                .matches("(?s)HTTP/1.1 4\\d\\d .*|HTTP/1.1 50[15] .*|HTTP/1.1 303 .*Connection: close.*|");
    }

    @Test
    void manyWhoSendHalfARequestOrSlowlyKeepNobodyFromBeingServed() throws Exception {
        List<String> beginnings = List.of(
                "GET /notbetrieb/ HTTP/1.1\r\nHost",
                "POST /anmeldung HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nkenn",
                "POST /notbetrieb/anmeldung HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n");
        var slow = new ArrayList<Socket>();
        try {
            for (URI base : List.of(city.clerks(), city.console())) {
                for (int i = 0; i < 42; i++) {
                    var socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort());
                    socket.getOutputStream()
                            .write(beginnings.get(i % beginnings.size()).getBytes(StandardCharsets.US_ASCII));
                    slow.add(socket);
                }
            }
            for (int round = 0; round < 5; round++) {
                aColleagueIsServedAsBefore();
            }
            for (Socket socket : slow) {
                socket.setSoTimeout(90_000);
                byte[] end = socket.getInputStream().readNBytes(200);
                assertThat(new String(end, StandardCharsets.ISO_8859_1)).matches("(?s)HTTP/1.1 4\\d\\d .*|");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void somebodyElsesCookiesAndTokensOpenNothing() throws Exception {
        Desked one = desk(1);
        Desked other = desk(2);
        String form = "/notbetrieb/person/" + resident.om() + "/sperre";
        Page.Form hers = Page.of(one.get(form).body()).formWith("grund").orElseThrow();

        assertThat(other.send(hers, form, "grund", encoded("mit fremdem Formularschlüssel"))
                        .statusCode())
                .as("the form of a colleague")
                .isIn(400, 403);
        for (String forged :
                List.of("x", "AAAA", one.cookie().replaceAll("(.{8})$", "AAAAAAAA"), "DBSITZUNG=; REGSITZUNG=")) {
            var answer = get(city.clerks(), "/notbetrieb/person/" + resident.om(), forged);
            assertThat(answer.statusCode()).as(forged).isIn(303, 401, 403);
            assertThat(answer.body()).doesNotContain(resident.familyName());
        }
        assertThat(get(city.console(), "/personen", one.cookie()).statusCode())
                .as("a clerk's cookie at the console")
                .isIn(303, 401, 403);
        assertThat(get(city.clerks(), "/notbetrieb/", operator().cookie()).statusCode())
                .as("an operator's cookie at the counter")
                .isIn(303, 401, 403);
    }

    @Test
    void whoSaysThatSheIsTheGatewayIsNot() throws Exception {
        String claimed =
                "Doppelboden-Identity: e30.AAAA\r\nDoppelboden-Login: e30.AAAA\r\nDoppelboden-Cause: switched\r\n"
                        + "X-Forwarded-For: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n";
        String request = "GET /notbetrieb/person/" + resident.om() + " HTTP/1.1\r\nHost: a\r\n" + claimed
                + "Connection: close\r\n\r\n";

        assertThat(raw(city.clerks(), request)).startsWith("HTTP/1.1 303").doesNotContain(resident.familyName());
        assertThat(raw(city.console(), request)).startsWith("HTTP/1.1 403").doesNotContain(resident.familyName());
    }

    // --- those who send it -----------------------------------------------------------------------------------------

    /** An answer, whoever read it. */
    private record Answer(int statusCode, List<String> fields, String body) {

        static Answer of(String raw) {
            assertThat(raw).startsWith("HTTP/1.1 ");
            String[] parts = raw.split("\r\n\r\n", 2);
            List<String> lines = List.of(parts[0].split("\r\n"));
            return new Answer(
                    Integer.parseInt(lines.getFirst().substring(9, 12)),
                    lines.subList(1, lines.size()),
                    parts.length > 1 ? parts[1] : "");
        }

        List<String> all(String name) {
            return fields.stream()
                    .filter(field -> field.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(field -> field.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    /** Somebody with cookies, who sends what she likes. */
    private record Desked(URI base, Map<String, String> cookies) {

        String cookie() {
            return cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
        }

        Answer get(String path) throws Exception {
            return remembered(BadInputTest.get(base, path, cookie()));
        }

        /** The form as it stands, with one field's content as it is to be on the wire. */
        Answer send(Page.Form form, String page, String field, String content) throws Exception {
            String body = form.fields().entrySet().stream()
                    .map(each -> encoded(each.getKey()) + "="
                            + (each.getKey().equals(field) ? content : encoded(each.getValue())))
                    .collect(Collectors.joining("&"));
            String target = base.resolve(page)
                    .resolve(form.action().isEmpty() ? page : form.action())
                    .getPath();
            String head = form.posts()
                    ? "POST " + target
                            + " HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                            + body.length() + "\r\n"
                    : "GET " + target + "?" + body + " HTTP/1.1\r\n";
            String answer = raw(
                    base,
                    head + "Host: 127.0.0.1:" + base.getPort() + "\r\nCookie: " + cookie()
                            + "\r\nConnection: close\r\n\r\n" + (form.posts() ? body : ""));
            return Answer.of(answer);
        }

        private Answer remembered(Answer answer) {
            for (String set : answer.all("Set-Cookie")) {
                String[] pair = set.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return answer;
        }
    }

    private static Desked desk(int number) throws Exception {
        Desked known = DESKS.get(number);
        if (known == null) {
            known = logIn(number);
            DESKS.put(number, known);
        }
        return known;
    }

    private static Desked logIn(int number) throws Exception {
        Clerk clerk = Clerk.all().get(number);
        var cookies = new LinkedHashMap<String, String>();
        var desk = new Desked(city.clerks(), cookies);
        String path = "/anmeldung";
        var page = desk.get(path);
        for (int hop = 0; hop < 5 && page.statusCode() == 303; hop++) {
            path = page.all("Location").getFirst();
            page = desk.get(path);
        }
        var form = Page.of(page.body()).formWith("kennwort");
        assertThat(form).as(path + " " + page.statusCode() + " " + page.body()).isPresent();
        var filled = form.get().filled(Map.of("kennung", clerk.login(), "kennwort", clerk.password()));
        desk.remembered(desk.send(filled, path, "", ""));
        return desk;
    }

    private static Desked operator() throws Exception {
        var operator = new Desked(city.console(), new LinkedHashMap<>());
        Page.Form form =
                Page.of(operator.get("/anmeldung").body()).formWith("kennwort").orElseThrow();
        var filled = form.filled(Map.of("kennung", "leitstand", "kennwort", city.people.get("leitstand")));
        operator.remembered(operator.send(filled, "/anmeldung", "", ""));
        return operator;
    }

    private static Answer get(URI base, String path, String cookie) throws Exception {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        List<String> fields = new ArrayList<>();
        answer.headers().map().forEach((name, values) -> values.forEach(value -> fields.add(name + ": " + value)));
        return new Answer(answer.statusCode(), fields, answer.body());
    }

    /** What comes back for these bytes until the end. */
    private static String raw(URI base, String bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
            socket.setSoTimeout(30_000);
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closedBefore) {
                // An answer may come before all was sent.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }

    private static String token() throws IOException {
        return java.nio.file.Files.readString(city.configuration.keys().resolve("operator.token"))
                .strip();
    }

    private static void order(String order) {
        var out = new StringWriter();
        int exit = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(
                        order,
                        "register",
                        "--reason",
                        "a test",
                        "--config",
                        city.configuration.file().toString());
        assertThat(exit).as(out.toString()).isZero();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
