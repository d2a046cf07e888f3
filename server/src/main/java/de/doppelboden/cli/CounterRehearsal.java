package de.doppelboden.cli;

import de.doppelboden.database.Database;
import de.doppelboden.identity.GatewayIdentity;
import de.doppelboden.identity.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clerk's way through the pages of the counter, with a register of a few residents: the first clerk after a real switch must not
 * wait for what the JVM has never done.
 */
final class CounterRehearsal {

    private static final Duration FIRST_COPY = Duration.ofSeconds(20);
    private static final int LOOK_AGAIN_MILLIS = 50;
    private static final Map<String, String> ADDRESS = Map.of(
            "strasse",
            "Große Elbstraße",
            "hausnummer",
            "12 a",
            "plz",
            "22767",
            "ort",
            "Hamburg",
            "einzug",
            "01.09.2019");
    private static final Map<String, String> PERSON = Map.of(
            "familienname", "Şahin",
            "vornamen", "Ayşe Nur",
            "geburtsdatum", "00.05.1985",
            "geschlecht", "w",
            "staatsangehoerigkeit", "TUR",
            "zuzugsland", "TUR");

    private CounterRehearsal() {}

    /** Makes the register that the feed of this installation reads, and puts the standby in charge. */
    static void prepare(Database database) throws SQLException, IOException {
        try (var sql = CounterRehearsal.class.getResourceAsStream("rehearsal.sql");
                var connection = database.connection();
                var statement = connection.createStatement()) {
            if (sql == null) {
                throw new IllegalStateException("rehearsal.sql is missing");
            }
            statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Waits until the copy is there, then goes through the pages. */
    static void run(URI control, Database database, Path keys) throws IOException, SQLException, InterruptedException {
        awaitCopy(database);
        var identity = Identity.open(database.dataSource(), keys, InstantSource.system());
        var pages = new RehearsedPages(control, () -> Map.of(GatewayIdentity.HEADER, signed(identity)));
        for (String page : List.of(
                "/notbetrieb/anmeldung",
                "/notbetrieb/",
                "/notbetrieb/suche?familienname=neuenwalde&vorname=anna&geburtsdatum=",
                "/notbetrieb/suche?familienname=Mueller&vorname=&geburtsdatum=05.06.1934",
                "/notbetrieb/person/1001",
                "/notbetrieb/person/1001/bescheinigung")) {
            pages.get(page);
        }
        pages.send("/notbetrieb/person/1001/umzug", ADDRESS);
        pages.send("/notbetrieb/person/1002/sperre", Map.of("grund", "Gefahr für Leib und Leben"));
        var immigrant = new LinkedHashMap<>(ADDRESS);
        immigrant.putAll(PERSON);
        pages.send("/notbetrieb/zuzug", immigrant);
        pages.get("/notbetrieb/person/1001");
    }

    /** What the gateway would vouch for. */
    private static String signed(Identity identity) {
        return identity.signature()
                .sign(new GatewayIdentity(
                        "register",
                        1,
                        "ON_STANDBY",
                        "e.beispiel",
                        "Erika Beispiel",
                        "Bürgeramt Mitte",
                        List.of("clerk"),
                        List.of(),
                        "rehearsal",
                        "s1",
                        Instant.now(),
                        "Stand 11:02:41"));
    }

    private static void awaitCopy(Database database) throws SQLException, InterruptedException {
        long end = System.nanoTime() + FIRST_COPY.toNanos();
        while (!running(database)) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the feed has not filled the copy within " + FIRST_COPY);
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static boolean running(Database database) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select phase = 'RUNNING' from register.feed_state")) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
