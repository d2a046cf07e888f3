package de.doppelboden.register.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle", "register");

    @TempDir
    static Path data;

    static RunningCounter counter;

    private static final Map<String, String> ADDRESS = Map.of(
            "strasse", "Große Elbstraße",
            "hausnummer", "12 a",
            "zusatz", "",
            "plz", "22767",
            "ort", "Hamburg",
            "einzug", "01.09.2019");

    @BeforeAll
    static void start() throws Exception {
        counter = new RunningCounter(DATABASE.database(), data);
    }

    @AfterAll
    static void stop() {
        counter.close();
    }

    @Test
    void sendsWhoIsNotLoggedInToTheLogIn() throws Exception {
        var answer = counter.nobody().get("/notbetrieb/person/1001");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValue("/notbetrieb/anmeldung?ziel=/notbetrieb/person/1001");
    }

    @Test
    void findsAPersonByNameAndBirthDate() throws Exception {
        var answer = counter.max().get("/notbetrieb/suche?familienname=neuenwalde&vorname=&geburtsdatum=");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("<meta name=\"doppelboden-page\" content=\"suche\">", "Graf von Neuenwalde", "Stand 11:02:41")
                .contains("Mehr als 50 Personen gefunden");
        var one = counter.max().get("/notbetrieb/suche?familienname=Mueller&vorname=karlheinz&geburtsdatum=06.06.1935");
        assertThat(one.body()).contains("href=\"/notbetrieb/person/1005\"", "Müller, Karl-Heinz", "geboren 06.06.1935");
    }

    @Test
    void findsNamesThatBeginSoWhenNobodyIsCalledExactlySo() throws Exception {
        assertThat(counter.max()
                        .get("/notbetrieb/suche?familienname=Soere&geburtsdatum=05.05.1934")
                        .body())
                .contains("Genau so heißt niemand", "Sœrensen");
    }

    @Test
    void asksForMoreThanOneLetter() throws Exception {
        var answer = counter.max().get("/notbetrieb/suche?familienname=*");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("mindestens zwei Buchstaben");
    }

    @Test
    void showsAPersonsSheet() throws Exception {
        var page = counter.max().get("/notbetrieb/person/1003");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("O'Connor", "Weiß", "Lange Straße 1, 20095 Hamburg", "Daten des Registers vom");
    }

    @Test
    void certifiesResidenceWithTheTimeOfItsData() throws Exception {
        var answer = counter.max().bytes("/notbetrieb/person/1004/bescheinigung");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
        try (var pdf = Loader.loadPDF(answer.body())) {
            var catalog = pdf.getDocumentCatalog();
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(
                            "Meldebescheinigung",
                            "Familienname: Sœrensen",
                            "Lange Straße 1, 20095 Hamburg",
                            "Stand der Daten");
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo("de-DE");
            assertThat(catalog.getStructureTreeRoot().getKids()).isNotEmpty();
            assertThat(new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8))
                    .contains("<pdfuaid:part>1</pdfuaid:part>");
        }
    }

    @Test
    void takesAMoveProvisionallyAndGivesAReceipt() throws Exception {
        var max = counter.max();
        var form = max.filled("/notbetrieb/person/1010/umzug", ADDRESS);
        var answer = max.post("/notbetrieb/person/1010/umzug", form);

        assertThat(answer.statusCode()).isEqualTo(303);
        var receipt = max.get(answer.headers().firstValue("Location").orElseThrow());
        assertThat(receipt.body())
                .contains("content=\"beleg\"", "NB-", "<svg", "Große Elbstraße 12 a, 22767 Hamburg", "01.09.2019");
        assertThat(max.get("/notbetrieb/person/1010").body())
                .contains("Anschrift (vorläufig)", "Große Elbstraße 12 a", "Im Register steht noch: Lange Straße 1");
        assertThat(counter.column("select payload->'anschrift'->>'strasse' from cycle.journal where idempotency_key = '"
                        + form.get("vorgang") + "' and state = 'OPEN' and base_version = '1'"))
                .containsExactly("Große Elbstraße");
    }

    @Test
    void givesTheSameReceiptForAFormThatIsSentTwice() throws Exception {
        var max = counter.max();
        var form = max.filled("/notbetrieb/person/1011/umzug", ADDRESS);
        var first = max.post("/notbetrieb/person/1011/umzug", form);
        var second = max.post("/notbetrieb/person/1011/umzug", form);

        assertThat(second.statusCode()).isEqualTo(303);
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(counter.column("select count(*) from cycle.journal where key_id = '1011'"))
                .containsExactly("1");
    }

    @Test
    void basesASecondMoveOnTheFirst() throws Exception {
        var max = counter.max();
        var first = max.filled("/notbetrieb/person/1012/umzug", ADDRESS);
        max.post("/notbetrieb/person/1012/umzug", first);
        var second = max.filled("/notbetrieb/person/1012/umzug", ADDRESS);
        max.post("/notbetrieb/person/1012/umzug", second);

        assertThat(counter.column("select base_version from cycle.journal where key_id = '1012' order by number"))
                .containsExactly("1", "1+" + first.get("vorgang"));
    }

    @Test
    void asksTheClerkToLookAgainWhenSomebodyWasQuicker() throws Exception {
        var max = counter.max();
        var mine = max.filled("/notbetrieb/person/1013/umzug", ADDRESS);
        var erika = counter.erika();
        erika.post("/notbetrieb/person/1013/umzug", erika.filled("/notbetrieb/person/1013/umzug", ADDRESS));
        var answer = max.post("/notbetrieb/person/1013/umzug", mine);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Der Datensatz hat sich geändert", "Große Elbstraße");
        assertThat(counter.column("select count(*) from cycle.journal where key_id = '1013'"))
                .containsExactly("1");
        var again = RunningCounter.hidden(answer.body());
        again.putAll(ADDRESS);
        assertThat(max.post("/notbetrieb/person/1013/umzug", again).statusCode())
                .isEqualTo(303);
    }

    @Test
    void hidesABlockedPersonAtOnceFromWhoLacksTheRight() throws Exception {
        var max = counter.max();
        var block = max.filled("/notbetrieb/person/1015/sperre", Map.of("grund", "Gefahr für Leib und Leben"));
        var name = "/notbetrieb/suche?familienname=Mueller&vorname=Arthur&geburtsdatum=1945-04-16";
        assertThat(max.get(name).body()).contains("/person/1015\"");
        var answer = max.post("/notbetrieb/person/1015/sperre", block);

        assertThat(answer.statusCode()).isEqualTo(303);
        var hidden = max.get("/notbetrieb/person/1015");
        var nobody = max.get("/notbetrieb/person/99999");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(hidden.body().replaceAll("value=\"[^\"]*\"", ""))
                .isEqualTo(nobody.body().replaceAll("value=\"[^\"]*\"", ""));
        assertThat(max.get(name).body()).doesNotContain("/person/1015\"");
        for (var page : List.of("/umzug", "/sperre", "/bescheinigung", "/personenstand")) {
            assertThat(max.get("/notbetrieb/person/1015" + page).statusCode()).isEqualTo(404);
        }
        assertThat(max.get(answer.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("Auskunftssperre gesetzt")
                .doesNotContain("1015");
        assertThat(counter.erika().get("/notbetrieb/person/1015").body())
                .contains("Auskunftssperre", "Hans Georg Arthur");
        assertThat(counter.erika().get(name).body()).contains("/person/1015\"");
    }

    @Test
    void takesARegistrationFromAbroadForReview() throws Exception {
        var max = counter.max();
        var values = new HashMap<>(ADDRESS);
        values.putAll(Map.of(
                "familienname",
                "Şahin",
                "vornamen",
                "Ayşe Nur",
                "geburtsname",
                "",
                "geburtsdatum",
                "00.05.1985",
                "geschlecht",
                "w",
                "staatsangehoerigkeit",
                "tur",
                "zuzugsland",
                "TUR"));
        var answer = max.post("/notbetrieb/zuzug", max.filled("/notbetrieb/zuzug", values));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(max.get(answer.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("Zuzug aufgenommen", "Ayşe Nur Şahin, geboren 05.1985");
        assertThat(counter.column("select payload->'person'->>'staatsangehoerigkeit' from cycle.journal"
                        + " where operation = 'register.immigrate' and state = 'OPEN'"))
                .containsExactly("TUR");
    }

    @Test
    void refusesCivilRegistryAndSaysWhatToDoInstead() throws Exception {
        var answer = counter.max().get("/notbetrieb/person/1001/personenstand");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Im Notbetrieb nicht möglich", "Was Sie stattdessen tun", "Standesamts");
    }

    @Test
    void keepsWhatWasEnteredWhenThePrimaryIsBack() throws Exception {
        var max = counter.max();
        var form = max.filled("/notbetrieb/person/1020/umzug", ADDRESS);
        counter.execute("update cycle.ownership set epoch = 8, owner = 'PRIMARY'");
        counter.execute("update register.resident set stand = stand + 1 where om = '1020'"); // and the feed goes on
        try {
            var answer = max.post("/notbetrieb/person/1020/umzug", form);

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body())
                    .contains("Der Regelbetrieb ist zurück", "action=\"/person/1020/umzug\"")
                    .contains(
                            "name=\"neueStrasse\" value=\"Große Elbstraße\"",
                            "name=\"vorgang\" value=\"" + form.get("vorgang"));
            assertThat(counter.column("select 1 from register.receipt where om = '1020'"))
                    .isEmpty();
            assertThat(counter.column("select 1 from cycle.journal where key_id = '1020'"))
                    .isEmpty();
        } finally {
            counter.execute("update cycle.ownership set epoch = " + RunningCounter.EPOCH + ", owner = 'STANDBY'");
        }
    }

    @Test
    void aBlockThatThePrimaryCarriedOutWithoutAnAnswerIsNotLostToWhoSetIt() throws Exception {
        var max = counter.max();
        var vorgang = UUID.randomUUID().toString();
        var actor = counter.identity.formTokens().tokenFor("actor/m.muster").substring(0, 16);
        counter.execute(
                "insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version,"
                        + " payload, actor, office, at, state, epoch, suspected) values ('register', '" + vorgang
                        + "', 'register.block',"
                        + " 'resident', '1041', '1', '{}', '" + actor
                        + "', 'Bürgeramt Nord', now(), 'SUSPECT', 1, true)");
        counter.execute("update register.resident set auskunftssperre = true where om = '1041'");
        assertThat(max.get("/notbetrieb/person/1041").statusCode()).isEqualTo(404);

        var taken = max.post(
                "/notbetrieb/uebernahme",
                Map.of("vorgang", vorgang, "stand", "1", "grund", "Gefahr"),
                "Doppelboden-Operation",
                "register.block",
                "Doppelboden-Key",
                "resident/1041",
                "Doppelboden-Cause",
                "unanswered");
        var form = max.filled("/notbetrieb/person/1001/sperre", Map.of("grund", "Gefahr"));
        form.put("vorgang", UUID.randomUUID().toString());
        var another = max.post("/notbetrieb/person/1041/sperre", form);

        assertThat(taken.statusCode()).isEqualTo(303);
        assertThat(taken.headers().firstValue("Location")).hasValue("/notbetrieb/beleg/" + vorgang);
        assertThat(another.statusCode()).isEqualTo(404);
        assertThat(counter.column("select state from cycle.journal where idempotency_key = '" + vorgang + "'"))
                .containsExactly("OPEN");
    }

    @Test
    void aBlockOfThePrimarysFormIsSetAtOnceAndAWrongOneIsShownAgain() throws Exception {
        var max = counter.max();
        var vorgang = UUID.randomUUID().toString();

        var wrong = max.post(
                "/notbetrieb/uebernahme",
                Map.of("vorgang", vorgang, "stand", "1", "grund", ""),
                "Doppelboden-Operation",
                "register.block",
                "Doppelboden-Key",
                "resident/1042");
        var right = max.post(
                "/notbetrieb/uebernahme",
                Map.of("vorgang", vorgang, "stand", "1", "grund", "Gefahr"),
                "Doppelboden-Operation",
                "register.block",
                "Doppelboden-Key",
                "resident/1042");

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains(vorgang);
        assertThat(right.headers().firstValue("Location")).hasValue("/notbetrieb/beleg/" + vorgang);
        assertThat(counter.column("select sperre_vorlaeufig::text from register.resident where om = '1042'"))
                .containsExactly("true");
    }

    @Test
    void saysThatThePrimaryHasCarriedItOut() throws Exception {
        String[] headers = {
            "Doppelboden-Operation",
            "register.move",
            "Doppelboden-Key",
            "resident/1042",
            "Doppelboden-Carried",
            "2019-09-24T09:00:01Z"
        };

        var page = counter.max().get("/notbetrieb/ausgefuehrt", headers).body();
        var nothing = counter.max().get("/notbetrieb/ausgefuehrt").body();

        assertThat(page)
                .contains("content=\"ausgefuehrt\"", "Der Umzug ist eingetragen", "11:00:01")
                .contains("href=\"/notbetrieb/person/1042\"");
        assertThat(nothing).doesNotContain("eingetragen").contains("/notbetrieb/suche");
    }

    @Test
    void thePrimarysLogInFormIsTakenWithoutATokenFromTheGatewayOnly() throws Exception {
        var entered = Map.of("kennung", "e.beispiel", "kennwort", "falsch");

        var taken = counter.nobody().post("/notbetrieb/anmeldung", entered, "Doppelboden-Cause", "switched");
        var forged = counter.nobody().post("/notbetrieb/anmeldung", entered);

        assertThat(taken.statusCode()).isEqualTo(401);
        assertThat(taken.body()).contains("content=\"anmeldung\"");
        assertThat(forged.statusCode()).isEqualTo(403);
    }

    @Test
    void takesOverAFormOfThePrimaryWithWhatWasEntered() throws Exception {
        var vorgang = UUID.randomUUID().toString();
        var answer = counter.max()
                .post(
                        "/notbetrieb/uebernahme",
                        Map.of(
                                "vorgang",
                                vorgang,
                                "stand",
                                "1",
                                "neueStrasse",
                                "Am Wall",
                                "neueHausnummer",
                                "3",
                                "neuePlz",
                                "20095",
                                "neuerOrt",
                                "Hamburg",
                                "einzugAm",
                                "2019-09-01"),
                        "Doppelboden-Operation",
                        "register.move",
                        "Doppelboden-Key",
                        "resident/1021",
                        "Doppelboden-Cause",
                        "unanswered");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("hat nicht geantwortet", "value=\"Am Wall\"", "value=\"2019-09-01\"", vorgang);
        var form = RunningCounter.hidden(answer.body());
        form.putAll(ADDRESS);
        assertThat(counter.max()
                        .post("/notbetrieb/person/1021/umzug", form)
                        .headers()
                        .firstValue("Location"))
                .hasValue("/notbetrieb/beleg/" + vorgang);
    }

    @Test
    void showsWhatIsKnownOfAnUnansweredForm() throws Exception {
        var vorgang = UUID.randomUUID().toString();
        counter.execute(
                "insert into cycle.journal (service, idempotency_key, operation, key_space, key_id, base_version,"
                        + " payload, actor, office, at, state, epoch, suspected) values ('register', '" + vorgang
                        + "', 'register.move', 'resident', '1022', '1', '{}', 'x', 'Bürgeramt Nord', now(), 'SUSPECT', 7, true)");

        assertThat(counter.max().get("/notbetrieb/offen/" + vorgang).body())
                .contains("hat auf dieses Formular nicht geantwortet");
        assertThat(counter.erika().get("/notbetrieb/offen/" + vorgang).statusCode())
                .isEqualTo(404);
    }

    @Test
    void knowsAForgedReceiptNumberAndOneOfAnotherOffice() throws Exception {
        var max = counter.max();
        var answer = max.post("/notbetrieb/person/1023/umzug", max.filled("/notbetrieb/person/1023/umzug", ADDRESS));
        var page =
                max.get(answer.headers().firstValue("Location").orElseThrow()).body();
        var matcher =
                java.util.regex.Pattern.compile("NB-[0-9A-Z]+-[0-9A-Z]{4}").matcher(page);
        assertThat(matcher.find()).isTrue();
        var number = matcher.group();

        assertThat(max.get("/notbetrieb/beleg?nummer=" + number.toLowerCase(java.util.Locale.ROOT))
                        .statusCode())
                .isEqualTo(200);
        assertThat(counter.erika().get("/notbetrieb/beleg?nummer=" + number).body())
                .contains("andere Dienststelle");
        char last = number.charAt(number.length() - 1);
        var forged = number.substring(0, number.length() - 1) + (last == '7' ? '8' : '7');
        assertThat(max.get("/notbetrieb/beleg?nummer=" + forged).body()).contains("haben wir nicht ausgestellt");
        assertThat(max.get("/notbetrieb/beleg?nummer=NB-ZZZZZZZZZZZZZZZZZ-0000").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "'; drop table register.resident; --",
                "Владимир",
                "a\u0000b",
                "\u202eevil",
                "${7*7}"
            })
    void refusesWhatNoNameHasInEachFieldAndShowsItHarmlessly(String evil) throws Exception {
        var max = counter.max();
        for (var field : List.of("strasse", "hausnummer", "zusatz", "plz", "ort", "einzug")) {
            var values = new HashMap<>(ADDRESS);
            values.put(field, evil);
            var answer = max.post("/notbetrieb/person/1030/umzug", max.filled("/notbetrieb/person/1030/umzug", values));
            assertThat(answer.statusCode()).as(field).isIn(400, 422);
            assertThat(answer.body()).as(field).doesNotContain("<script>alert");
        }
        for (var field : List.of(
                "familienname",
                "vornamen",
                "geburtsname",
                "geburtsdatum",
                "geschlecht",
                "staatsangehoerigkeit",
                "zuzugsland")) {
            var values = new HashMap<>(ADDRESS);
            values.putAll(Map.of(
                    "familienname",
                    "A",
                    "vornamen",
                    "B",
                    "geburtsdatum",
                    "1980-01-01",
                    "geschlecht",
                    "w",
                    "staatsangehoerigkeit",
                    "TUR",
                    "zuzugsland",
                    "TUR"));
            values.put(field, evil);
            assertThat(max.post("/notbetrieb/zuzug", max.filled("/notbetrieb/zuzug", values))
                            .statusCode())
                    .as(field)
                    .isIn(400, 422);
        }
        assertThat(counter.column("select 1 from cycle.journal where key_id = '1030'"))
                .isEmpty();
    }

    @Test
    void refusesWhatIsTooLongOrNoDayOrInTheFuture() throws Exception {
        var max = counter.max();
        var values = new HashMap<>(ADDRESS);
        values.put("strasse", "x".repeat(81));
        values.put("plz", "1234");
        values.put("einzug", "31.02.2019");
        var answer = max.post("/notbetrieb/person/1031/umzug", max.filled("/notbetrieb/person/1031/umzug", values));
        assertThat(answer.body()).contains("Höchstens 80 Zeichen", "hat fünf Ziffern", "Kein Datum");
        values.put("einzug", "2999-01-01");
        assertThat(max.post("/notbetrieb/person/1031/umzug", max.filled("/notbetrieb/person/1031/umzug", values))
                        .body())
                .contains("liegt in der Zukunft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2f..%2fetc", "1001%00", "1001;x=1", "%27%20or%201=1", "9999999999999999999999", "abc"})
    void findsNobodyUnderATrickyNumber(String om) throws Exception {
        assertThat(counter.max().get("/notbetrieb/person/" + om).statusCode()).isIn(400, 404);
    }

    @Test
    void refusesAFormWithoutTokenOrKey() throws Exception {
        var max = counter.max();
        var form = max.filled("/notbetrieb/person/1032/umzug", ADDRESS);
        var withoutToken = new HashMap<>(form);
        withoutToken.put("_csrf", "forged");
        assertThat(max.post("/notbetrieb/person/1032/umzug", withoutToken).statusCode())
                .isEqualTo(403);
        var foreign = new HashMap<>(form);
        assertThat(counter.erika()
                        .post("/notbetrieb/person/1032/umzug", foreign)
                        .statusCode())
                .isEqualTo(403);
        var withoutKey = new HashMap<>(form);
        withoutKey.put("vorgang", "../../x");
        assertThat(max.post("/notbetrieb/person/1032/umzug", withoutKey).statusCode())
                .isEqualTo(400);
    }

    @Test
    void letsInWhoWasKnownToThePrimaryAndNobodyElse() throws Exception {
        try (var logins = counter.identity.remembered("register", Duration.ofDays(90))) {
            logins.verified("e.beispiel", "rote Schuhe im Mai");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> counter.column("select login from identity.remembered")
                                    .size()
                            == 1);
        }
        var nobody = counter.nobody();
        var form = nobody.filled("/notbetrieb/anmeldung", Map.of("kennung", "e.beispiel", "kennwort", "falsch"));
        var wrong = nobody.post("/notbetrieb/anmeldung", form);
        form.put("kennwort", "rote Schuhe im Mai");
        var right = nobody.post("/notbetrieb/anmeldung", form);

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("Doppelboden-Login")).isEmpty();
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(counter.identity
                        .signature()
                        .verify(right.headers().firstValue("Doppelboden-Login").orElseThrow()))
                .hasValueSatisfying(who -> {
                    assertThat(who.office()).isEqualTo("Bürgeramt Mitte");
                    assertThat(who.rights()).containsExactly("sperre.sehen");
                });
    }
}
