package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FallbackTest extends AppTest {

    @Test
    void withBothSidesGoneThePageSaysSo() throws Exception {
        start(SHARED);
        sides.standby().kill();
        sides.primary().kill();

        var page = gate.get("/app/mail", "Accept", "text/html");
        var problem = gate.get("/app/mail", "Accept", "application/json");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains("Diese Anwendung ist gerade nicht erreichbar", "<a href=\"\">Noch einmal versuchen</a>");
        assertThat(problem.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void withBothSidesGoneWhatMayBeKeptIsShownWithItsAgeAndWhatIsPersonalIsNot() throws Exception {
        start(SHARED);
        gate.get("/oeffentlich/zeiten");
        gate.get("/oeffentlich/anmelden");
        gate.get("/oeffentlich/mit-ausweis", "Authorization", "Bearer x");
        gate.get("/app/mail");
        sides.standby().kill();
        sides.primary().kill();

        var copy = gate.get("/oeffentlich/zeiten");

        assertThat(copy.statusCode()).isEqualTo(200);
        assertThat(copy.body()).isEqualTo("PRIMARY GET /oeffentlich/zeiten ");
        assertThat(copy.headers().firstValue("age")).isPresent();
        assertThat(gate.get("/app/mail", "Accept", "text/html").body())
                .contains("Lesen können Sie noch", "<a href=\"/oeffentlich/zeiten\">")
                .doesNotContain("anmelden\">", "mit-ausweis\">");
        assertThat(gate.get("/oeffentlich/zeiten", "Accept-Encoding", "br").statusCode())
                .as("what is not packed is for every browser")
                .isEqualTo(200);
        for (String personal : new String[] {"/oeffentlich/anmelden", "/oeffentlich/mit-ausweis", "/app/mail"}) {
            assertThat(gate.get(personal).statusCode()).as(personal).isEqualTo(503);
        }
        assertThat(gate.post("/oeffentlich/zeiten").statusCode()).isEqualTo(503);
    }

    @Test
    void aKeptPageSaysThatItIsACopyAndOfWhen() throws Exception {
        start(SHARED);
        String before = gate.get("/oeffentlich/seite").body();
        sides.primary().packs = true;
        gate.get("/oeffentlich/seite/gepackt", "Accept-Encoding", "gzip");
        sides.standby().kill();
        sides.primary().kill();

        var copy = gate.get("/oeffentlich/seite");
        var packed = gate.get("/oeffentlich/seite/gepackt", "Accept-Encoding", "gzip");

        assertThat(before).doesNotContain("Kopie");
        assertThat(copy.body())
                .containsPattern(
                        "<body class=\"a\"><p role=\"alert\".*Kopie vom [0-9]+\\. .* Uhr\\..*</p><h1>PRIMARY GET");
        assertThat(packed.body()).contains("Kopie vom", "<h1>PRIMARY GET /oeffentlich/seite/gepackt");
        assertThat(packed.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void withBothSidesGoneTheOperatorsFilesAreShown() throws Exception {
        Path files = Files.createDirectories(data.resolve("notfall/formulare"));
        Files.writeString(files.resolve("antrag.txt"), "Antrag auf Papier");
        Files.writeString(data.resolve("notfall/index.html"), "<h1>Was jetzt noch geht</h1>");
        Files.writeString(data.resolve("geheim.txt"), "geheim");
        start("state: shared", "gone-folder: notfall");
        sides.standby().kill();
        sides.primary().kill();

        assertThat(gate.get("/formulare/antrag.txt").body()).isEqualTo("Antrag auf Papier");
        var page = gate.get("/app/mail", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("Was jetzt noch geht");
        assertThat(gate.get("/%2e%2e/geheim.txt").body()).doesNotContain("geheim");
    }
}
