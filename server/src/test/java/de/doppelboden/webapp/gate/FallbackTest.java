package de.doppelboden.webapp.gate;

import static de.doppelboden.webapp.gate.RunningApp.SHARED;
import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FallbackTest {

    @RegisterExtension
    static final TestDatabase DATABASE = RunningApp.database();

    @RegisterExtension
    final RunningApp app = new RunningApp(DATABASE);

    @Test
    void withBothSidesGoneThePageSaysSo() throws Exception {
        app.start(SHARED);
        app.sides.standby().kill();
        app.sides.primary().kill();

        var page = app.gate().get("/app/mail", "Accept", "text/html");
        var problem = app.gate().get("/app/mail", "Accept", "application/json");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains("Diese Anwendung ist gerade nicht erreichbar", "<a href=\"\">Noch einmal versuchen</a>");
        assertThat(problem.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void withBothSidesGoneWhatMayBeKeptIsShownWithItsAgeAndWhatIsPersonalIsNot() throws Exception {
        app.start(SHARED);
        app.gate().get("/oeffentlich/zeiten");
        app.gate().get("/oeffentlich/anmelden");
        app.gate().get("/oeffentlich/mit-ausweis", "Authorization", "Bearer x");
        app.gate().get("/app/mail");
        app.sides.standby().kill();
        app.sides.primary().kill();

        var copy = app.gate().get("/oeffentlich/zeiten");

        assertThat(copy.statusCode()).isEqualTo(200);
        assertThat(copy.body()).isEqualTo("PRIMARY GET /oeffentlich/zeiten ");
        assertThat(copy.headers().firstValue("age")).isPresent();
        assertThat(app.gate().get("/app/mail", "Accept", "text/html").body())
                .contains("Lesen können Sie noch", "<a href=\"/oeffentlich/zeiten\">")
                .doesNotContain("anmelden\">", "mit-ausweis\">");
        assertThat(app.gate()
                        .get("/oeffentlich/zeiten", "Accept-Encoding", "br")
                        .statusCode())
                .as("what is not packed is for every browser")
                .isEqualTo(200);
        for (String personal : new String[] {"/oeffentlich/anmelden", "/oeffentlich/mit-ausweis", "/app/mail"}) {
            assertThat(app.gate().get(personal).statusCode()).as(personal).isEqualTo(503);
        }
        assertThat(app.gate().post("/oeffentlich/zeiten").statusCode()).isEqualTo(503);
    }

    @Test
    void aKeptPageSaysThatItIsACopyAndOfWhen() throws Exception {
        app.start(SHARED);
        String before = app.gate().get("/oeffentlich/seite").body();
        app.sides.primary().packs = true;
        app.gate().get("/oeffentlich/seite/gepackt", "Accept-Encoding", "gzip");
        app.sides.standby().kill();
        app.sides.primary().kill();

        var copy = app.gate().get("/oeffentlich/seite");
        var packed = app.gate().get("/oeffentlich/seite/gepackt", "Accept-Encoding", "gzip");

        assertThat(before).doesNotContain("Kopie");
        assertThat(copy.body())
                .containsPattern(
                        "<body class=\"a\"><p role=\"alert\".*Kopie vom [0-9.]+, [0-9:]+ Uhr\\..*</p><h1>PRIMARY GET");
        assertThat(packed.body()).contains("Kopie vom", "<h1>PRIMARY GET /oeffentlich/seite/gepackt");
        assertThat(packed.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void withBothSidesGoneTheOperatorsFilesAreShown() throws Exception {
        Path files = Files.createDirectories(app.folder.resolve("notfall/formulare"));
        Files.writeString(files.resolve("antrag.txt"), "Antrag auf Papier");
        Files.writeString(
                app.folder.resolve("notfall/index.html"), "<h1>Was jetzt noch geht</h1><!-- doppelboden: lesbar -->");
        Files.writeString(app.folder.resolve("geheim.txt"), "geheim");
        app.start("state: shared", "gone-folder: notfall");
        app.gate().get("/oeffentlich/seite");
        app.gate().get("/oeffentlich/daten");
        app.sides.standby().kill();
        app.sides.primary().kill();

        assertThat(app.gate().get("/formulare/antrag.txt").body()).isEqualTo("Antrag auf Papier");
        var page = app.gate().get("/app/mail", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body())
                .contains("Was jetzt noch geht", "Lesen können Sie noch", "<a href=\"/oeffentlich/seite\">Zeiten</a>");
        assertThat(app.gate().get("/oeffentlich/daten").statusCode())
                .as("old data are none")
                .isEqualTo(503);
        assertThat(app.gate().get("/%2e%2e/geheim.txt").body()).doesNotContain("geheim");
    }
}
