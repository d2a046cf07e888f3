package de.doppelboden.register.counter;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PersonSearchTest {

    private static final String PATH = "/notbetrieb/personen/2.0/rest/person";

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("evidence", "identity", "cycle", "register");

    @TempDir
    static Path data;

    static RunningCounter counter;

    @BeforeAll
    static void start() throws Exception {
        counter = new RunningCounter(DATABASE.database(), data);
        counter.execute(
                "update register.resident set auskunftssperre = true, sperre_grund = 'Gefahr' where om = '1004'");
    }

    @AfterAll
    static void stop() {
        counter.close();
    }

    @Test
    void meetsWholeNamesInTheOrderOfTheNumbers() throws Exception {
        var persons = search("m.muster", "\"familienname\": \"graf von neuenwalde\", \"vorname\": \"Georg\"");

        assertThat(persons.size()).isEqualTo(66);
        assertThat(persons.get(0).path("ordnungsmerkmal").asString()).isEqualTo("1012");
        assertThat(persons.get(0).path("namen").path("vornamen").size()).isEqualTo(3);
        assertThat(search("m.muster", "\"familienname\": \"Neuenwalde\"").size())
                .isZero();
        assertThat(search("m.muster", "\"familienname\": \"Graf*\"").size()).isEqualTo(100);
    }

    @Test
    void leavesABlockedPersonOutForWhoLacksTheRight() throws Exception {
        var born = "\"familienname\": \"Sörensen\", \"geburtsdatum\": {\"datum\": \"1934-05-05\"}";

        assertThat(search("m.muster", born).size()).isZero();
        assertThat(search("e.beispiel", born).get(0).path("auskunftssperre").asString())
                .isEqualTo("Gefahr");
        assertThat(counter.nobody().get(PATH + "/1004?benutzerId=m.muster").statusCode())
                .isEqualTo(404);
        assertThat(counter.nobody().get(PATH + "/1004?benutzerId=e.beispiel").statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysTheTimeOfItsDataAndLeavesOutWhatHasNoValue() throws Exception {
        var answer = counter.nobody().get(PATH + "/1001?benutzerId=m.muster");

        assertThat(answer.headers().firstValue("Doppelboden-Stand").orElse("")).startsWith("20");
        assertThat(answer.body()).doesNotContain("null", "geburtsname", "doktorgrad");
    }

    @Test
    void refusesWhatItCannotAnswer() throws Exception {
        assertThat(status("niemand", "\"familienname\": \"Müller\"")).isEqualTo(403);
        assertThat(status("m.muster", "\"familienname\": \"M*\"")).isEqualTo(422);
        assertThat(counter.nobody().json(PATH + "/search", "{").statusCode()).isEqualTo(400);
        assertThat(counter.nobody()
                        .json(PATH + "/search", "{\"benutzer\":{\"benutzerId\":\"m.muster\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(counter.nobody()
                        .get(PATH + "/x%27or%271?benutzerId=m.muster")
                        .statusCode())
                .isIn(400, 404);
    }

    private static int status(String login, String criteria) throws Exception {
        return counter.nobody()
                .json(PATH + "/search", question(login, criteria))
                .statusCode();
    }

    private static JsonNode search(String login, String criteria) throws Exception {
        var answer = counter.nobody().json(PATH + "/search", question(login, criteria));
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).path("personen");
    }

    private static String question(String login, String criteria) {
        return "{\"benutzer\": {\"benutzerId\": \"" + login
                + "\"}, \"suchkriterien\": {\"datensatzstatus\": \"OHNE_EINSCHRAENKUNG\", " + criteria + "}}";
    }
}
