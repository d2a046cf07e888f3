package de.doppelboden.city.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.doppelboden.city.fault.Capacity;
import de.doppelboden.city.register.Registers.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegisterServerTest {

    private static final String FREE =
            "om = (select min(om) from register.resident where not auskunftssperre and stand = 1 "
                    + "and verstorben is null)";

    private static Registers city;
    private static String plain;
    private static String head;

    @BeforeAll
    static void start() throws Exception {
        city = new Registers(2_000, Capacity.CITY.withPerSecond(2_000));
        plain = city.logIn("100");
        head = city.logIn("001");
    }

    @AfterAll
    static void stop() {
        city.close();
    }

    @Test
    void letsNobodyInWithAWrongPassword() {
        Answer answer = city.post("", "/anmeldung", Map.of("kennung", "s001", "kennwort", "wrong"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("Anmeldung fehlgeschlagen");
        assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(city.get("", "/suche").location()).isEqualTo("/anmeldung");
        assertThat(city.get("REGSITZUNG=invented", "/person/20000001").location())
                .isEqualTo("/anmeldung");
    }

    @Test
    void findsAResidentByNameWhateverTheMarks() throws Exception {
        String name = city.sql("select familienname from register.resident where familienname like '%ü%' and "
                + "not auskunftssperre");
        String om = city.sql(
                "select om from register.resident where not auskunftssperre and familienname = '" + name + "'");

        Answer answer = city.get(
                plain, "/suche?nachname=" + encoded(name.replace("ü", "ue").toUpperCase(java.util.Locale.ROOT)));

        assertThat(answer.body()).contains("register-page\" content=\"suche\"").contains("/person/" + om);
    }

    @Test
    void carriesOutAMoveOnceHoweverOftenTheFormIsSent() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        Map<String, String> form = moveForm(om, "Doppelweg");

        Answer first = city.post(plain, "/person/" + om + "/umzug", form);
        Answer second = city.post(plain, "/person/" + om + "/umzug", form);

        assertThat(first.status()).isEqualTo(303);
        assertThat(second.location()).isEqualTo(first.location()).startsWith("/person/" + om + "?ok=");
        assertThat(city.get(plain, first.location()).body())
                .contains("Auftrag Nr.")
                .contains("Doppelweg 7");
        assertThat(city.sql("select count(*) from register.auftrag where om = " + om))
                .isEqualTo("1");
        assertThat(city.sql("select stand from register.resident where om = " + om))
                .isEqualTo("2");
    }

    @Test
    void carriesOutAMoveOnceWhenManySendItAtTheSameTime() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        Map<String, String> form = moveForm(om, "Zugleichgasse");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = IntStream.range(0, 20)
                    .mapToObj(i -> threads.submit(() -> city.post(plain, "/person/" + om + "/umzug", form)))
                    .toList();
            for (Future<Answer> answer : sent) {
                assertThat(answer.get().status()).isEqualTo(303);
            }
        }

        assertThat(city.sql("select count(*) from register.auftrag where om = " + om))
                .isEqualTo("1");
    }

    @Test
    void refusesAMoveMadeForAnOlderRecord() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        Map<String, String> stale = moveForm(om, "Altweg");
        city.post(plain, "/person/" + om + "/umzug", moveForm(om, "Neuweg"));

        Answer answer = city.post(plain, "/person/" + om + "/umzug", stale);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(city.sql("select strasse from register.resident where om = " + om))
                .isEqualTo("Neuweg");
    }

    @Test
    void saysWhatIsWrongWithAForm() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        Map<String, String> form = moveForm(om, "<script>alert(1)</script>");
        form.put("neuePlz", "12");

        Answer answer = city.post(plain, "/person/" + om + "/umzug", form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("fünf Ziffern").contains("Straße:").doesNotContain("<script>");
    }

    @Test
    void hidesABlockedPersonAtOnceFromWhoLacksTheRight() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        String name = city.sql("select familienname from register.resident where om = " + om);
        Answer form = city.get(plain, "/person/" + om + "/sperre");

        Answer done = city.post(
                plain,
                "/person/" + om + "/sperre",
                Map.of("vorgang", form.field("vorgang"), "stand", form.field("stand"), "grund", "Gefahr"));

        assertThat(city.get(plain, done.location()).body())
                .contains("ausgeführt")
                .doesNotContain(name + ",");
        assertThat(city.get(plain, "/person/" + om).status()).isEqualTo(404);
        assertThat(city.get(plain, "/person/" + om + "/bescheinigung").status()).isEqualTo(404);
        assertThat(city.get(plain, "/suche?nachname=" + encoded(name)).body()).doesNotContain("/person/" + om);
        assertThat(city.get(head, "/suche?nachname=" + encoded(name)).body()).contains("/person/" + om);
        assertThat(city.get(head, "/person/" + om).body()).contains("Gefahr");
    }

    @Test
    void answersThePersonSearchOfOtherProcedures() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        String name = city.sql("select familienname from register.resident where om = " + om);
        String born = city.sql("select geburtsdatum from register.resident where om = " + om);
        String question = """
                {"benutzer":{"benutzerId":"s100"},"suchkriterien":{"datensatzstatus":"AKTUELL","familienname":"%s",
                 "geburtsdatum":{"datum":"%s"}}}""".formatted(name, born);

        Answer found = city.api("POST", "/personen/2.0/rest/person/search", "", question);
        Answer read = city.api("GET", "/personen/2.0/rest/person/" + om + "?benutzerId=s100", "", "");
        Answer stranger = city.api("GET", "/personen/2.0/rest/person/" + om + "?benutzerId=nobody", "", "");

        assertThat(found.body()).contains("\"ordnungsmerkmal\":\"" + om + "\"").contains("AKTUELLER_FESTER_EINWOHNER");
        assertThat(read.body()).contains("\"vorname\"").contains(born);
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(city.send(city.request("/api/v1/personen/" + om).GET()).status())
                .isEqualTo(401);
    }

    @Test
    void carriesOutAnOrderOnceAndReadsItBackByItsKey() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        String key = UUID.randomUUID().toString();
        String order = moveOrder(om, "1", "Schnittstellenweg");

        assertThat(city.api("GET", "/api/v1/auftraege/" + key, "", "").status()).isEqualTo(404);
        Answer first = city.api("POST", "/api/v1/auftraege", key, order);
        Answer second = city.api("POST", "/api/v1/auftraege", key, order);
        Answer other = city.api("POST", "/api/v1/auftraege", key, moveOrder(om, "1", "Anderer Weg"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body()).contains("\"stand\":\"2\"");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
        assertThat(city.api("GET", "/api/v1/auftraege/" + key, "", "").body()).contains("\"art\":\"umzug\"");
    }

    @Test
    void answersAConflictWithTheRecordAsItIsNow() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        city.post(plain, "/person/" + om + "/umzug", moveForm(om, "Dazwischenweg"));

        Answer answer =
                city.api("POST", "/api/v1/auftraege", UUID.randomUUID().toString(), moveOrder(om, "1", "Zu spät"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body())
                .contains("\"aktuell\"")
                .contains("Dazwischenweg")
                .contains("\"stand\":\"2\"");
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void knowsTheVorgangOfAPageAsTheKeyOfTheOrder() throws Exception {
        String om = city.sql("select om from register.resident where " + FREE);
        Map<String, String> form = moveForm(om, "Seitenweg");
        city.post(plain, "/person/" + om + "/umzug", form);

        Answer lookUp = city.api("GET", "/api/v1/auftraege/" + form.get("vorgang"), "", "");
        Answer repeated = city.api("POST", "/api/v1/auftraege", form.get("vorgang"), moveOrder(om, "1", "Seitenweg"));

        assertThat(lookUp.body()).contains("\"om\":\"" + om + "\"");
        assertThat(repeated.status()).isEqualTo(200);
    }

    @Test
    void registersAnArrivalOnceAndAnswersASecondOneAsAConflict() throws Exception {
        String arrival = """
                {"art":"zuzug","person":{"familienname":"Đặng","vornamen":"Thảo Minh","geburtsdatum":"1990-00-00","geschlecht":"w",
                 "staatsangehoerigkeit":"VNM","zuzugsland":"VNM"},"anschrift":{"strasse":"Hafenweg","hausnummer":"1","zusatz":"",
                 "plz":"00100","ort":"Lindhafen"},"einzug":"2019-09-24","sachbearbeiter":"s100","dienststelle":"Nord",
                 "eingang":"2019-09-24T11:02:03+02:00"}""";

        Answer first = city.api("POST", "/api/v1/auftraege", UUID.randomUUID().toString(), arrival);
        Answer again = city.api("POST", "/api/v1/auftraege", UUID.randomUUID().toString(), arrival);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(409);
        assertThat(city.get(plain, "/suche?nachname=dang&vorname=thao").body()).contains("Đặng, Thảo Minh");
    }

    @Test
    void givesTheFeedARoleThatReadsTheViewsAndNothingElse() throws Exception {
        String url = city.access.url().replaceAll(":\\d+/", ":" + city.server.relayPort() + "/");
        String om = city.sql("select om from register.resident where " + FREE);
        String before = city.sql("select xid from export.resident where om = '" + om + "'");
        city.post(plain, "/person/" + om + "/umzug", moveForm(om, "Zulaufweg"));

        try (var feed = DriverManager.getConnection(url, "doppelboden_feed", "feed");
                var statement = feed.createStatement()) {
            try (var row = statement.executeQuery("select strasse, stand, xid::text::bigint > " + before
                    + " from export.resident where om = '" + om + "'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("Zulaufweg");
                assertThat(row.getLong(2)).isEqualTo(2);
                assertThat(row.getBoolean(3)).isTrue();
            }
            assertThatThrownBy(() -> statement.executeQuery("select * from register.resident"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("update export.resident set strasse = 'x'"))
                    .hasMessageContaining("permission denied");
        }
    }

    private static Map<String, String> moveForm(String om, String street) {
        Answer page = city.get(plain, "/person/" + om + "/umzug");
        return new HashMap<>(Map.of(
                "vorgang", page.field("vorgang"),
                "stand", page.field("stand"),
                "neueStrasse", street,
                "neueHausnummer", "7",
                "neuerZusatz", "",
                "neuePlz", "00101",
                "neuerOrt", "Lindhafen",
                "einzugAm", "24.09.2019"));
    }

    private static String moveOrder(String om, String stand, String street) {
        return """
                {"art":"umzug","om":"%s","stand":"%s","anschrift":{"strasse":"%s","hausnummer":"7","zusatz":"","plz":"00101",
                 "ort":"Lindhafen"},"einzug":"2019-09-24","sachbearbeiter":"s100","dienststelle":"Nord",
                 "eingang":"2019-09-24T11:02:03+02:00"}""".formatted(om, stand, street);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
