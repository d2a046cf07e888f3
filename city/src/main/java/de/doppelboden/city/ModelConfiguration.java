package de.doppelboden.city;

import de.doppelboden.city.population.Clerk;
import de.doppelboden.city.population.Population;
import de.doppelboden.city.population.Resident;
import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The product's configuration in front of the register of the model city, and the secrets that both share. */
public final class ModelConfiguration {

    /** Where everything listens, on the loopback address. */
    public record Ports(
            int console,
            int management,
            int clerks,
            int database,
            int primary,
            int faults,
            int relay,
            int cityDatabase) {

        /** Those of the model city. */
        public static final Ports MODEL_CITY = new Ports(8080, 9090, 8081, 15_432, 18_081, 18_080, 15_434, 15_433);

        /** How many there are. */
        public static final int COUNT = 8;

        /** All in a row, for a second model city on one machine. */
        public static Ports from(int first) {
            if (first < 1 || first > 65_536 - COUNT) {
                throw new IllegalArgumentException("not the first of " + COUNT + " ports: " + first);
            }
            return new Ports(first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7);
        }
    }

    /**
     * What both sides know.
     *
     * @param keys folder of the files in which they stand
     */
    public record Secrets(Path keys, String feedPassword, String interfaceToken) {

        /** Reads them; what is not there yet is made. */
        public static Secrets of(Path keys, SecureRandom random) throws IOException {
            Files.createDirectories(keys);
            DataFolder.createPrivate(keys);
            Path probe = keys.resolve("probe.password");
            if (!Files.exists(probe)) {
                Files.createFile(probe);
                DataFolder.replace(probe, PROBE.password().getBytes(StandardCharsets.UTF_8));
            }
            return new Secrets(
                    keys,
                    DataFolder.secret(keys.resolve("feed.password"), random),
                    DataFolder.secret(keys.resolve("interface.token"), random));
        }
    }

    /**
     * What happens by the clock.
     *
     * @param returnStep the least time of each step of a return
     * @param exercise the time of day of an exercise
     */
    public record Times(Duration returnStep, LocalTime exercise) {

        /** Those of a city in which people look on. */
        public static final Times MODEL_CITY = new Times(Duration.ofSeconds(3), LocalTime.of(6, 30));

        /** Of a run whose faults are all there is to happen: no exercise begins in it. */
        public static Times undisturbed(Duration returnStep, InstantSource clock) {
            var now = LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault());
            return new Times(returnStep, now.plusHours(12).truncatedTo(ChronoUnit.MINUTES));
        }
    }

    /** Somebody whom the probe looks for. */
    private record Known(long om, String search, String familyName) {}

    private static final Clerk PROBE = Clerk.all().getLast();
    private static final int LOOKED_AT = 200;

    private ModelConfiguration() {}

    /**
     * Writes the configuration.
     *
     * @param populationSeed of the residents, one of whom the probe looks for
     * @param database of the city's cluster, which the feed reads through the storage relay
     * @param times of what happens by the clock
     */
    public static void write(Path file, Ports ports, Secrets secrets, long populationSeed, String database, Times times)
            throws IOException {
        Known known = known(populationSeed);
        String yaml = TEMPLATE.formatted(
                ports.database(),
                ports.console(),
                ports.management(),
                ports.clerks(),
                ports.primary(),
                operations(),
                ports.relay(),
                database,
                secrets.keys().toAbsolutePath(),
                ports.primary(),
                secrets.keys().toAbsolutePath(),
                secrets.keys().toAbsolutePath(),
                PROBE.login(),
                secrets.keys().toAbsolutePath(),
                known.om(),
                known.search(),
                known.familyName(),
                times.exercise(),
                times.returnStep().toMillis());
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, yaml);
    }

    /** Names without letters that somebody might quote, for a query that stands in a file. */
    private static Known known(long populationSeed) {
        List<Resident> first = new ArrayList<>();
        new Population(populationSeed).make(LOOKED_AT, first::add);
        Resident resident = first.stream()
                .filter(r -> r.blockReason() == null && r.died() == null)
                .filter(r -> (r.familyName() + r.callName()).matches("[A-Za-z]+"))
                .findFirst()
                .orElseThrow();
        return new Known(
                resident.om(),
                "nachname=" + resident.familyName() + "&vorname=" + resident.callName(),
                resident.familyName());
    }

    private record Row(String operation, String method, String path, String more) {}

    private static String operations() {
        String search = "text: 'content=\"suche\"'";
        String notALie = "text-not: 'content=\"systemmeldung\"'";
        String form = "idempotency-field: vorgang, " + notALie;
        String based = "base-field: stand, " + form;
        return List.of(
                        new Row("register.login", "POST", "/anmeldung", notALie),
                        new Row("register.search", "GET", "/suche", search),
                        new Row("register.view", "GET", "/person/{key}", notALie),
                        new Row("register.certificate", "GET", "/person/{key}/bescheinigung", notALie),
                        new Row("register.move", "GET", "/person/{key}/umzug", notALie),
                        new Row("register.move", "POST", "/person/{key}/umzug", based),
                        new Row("register.block", "GET", "/person/{key}/sperre", notALie),
                        new Row("register.block", "POST", "/person/{key}/sperre", based),
                        new Row("register.immigrate", "GET", "/zuzug", notALie),
                        new Row("register.immigrate", "POST", "/zuzug", form),
                        new Row("register.civil", "POST", "/person/{key}/personenstand", form))
                .stream()
                .map(row -> "        - { operation: %s, method: %s, path: '%s', %s }"
                        .formatted(row.operation(), row.method(), row.path(), row.more()))
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
    }

    private static final String TEMPLATE = """
            # Written by the model city at each start; changes are lost. A real city's file looks like this one.
            doppelboden:
              data: .
              database: { url: embedded, port: %d }
              console: { listen: "127.0.0.1:%d" }
              management: { listen: "127.0.0.1:%d" }
              services:
                - id: register
                  kind: register
                  name: Einwohnerregister
                  listen: 127.0.0.1:%d
                  primary: http://127.0.0.1:%d
                  mode: automatic
                  equivalent: true
                  budget: 500ms
                  health: /health
                  operations:
            %s
                  login:
                    path: /anmeldung
                    user-field: kennung
                    password-field: kennwort
                    status: [303]
                    location-not: /anmeldung
                    text-not: Anmeldung fehlgeschlagen
                    session-cookie: REGSITZUNG
                    logout: /abmeldung
                  feed:
                    url: jdbc:postgresql://127.0.0.1:%d/%s
                    user: doppelboden_feed
                    password-file: %s/feed.password
                  replay: { url: "http://127.0.0.1:%d/api/v1/", token-file: %s/interface.token }
                  search-api: { path: /personen/2.0/rest, token-file: %s/interface.token }
                  probe:
                    user: %s
                    password-file: %s/probe.password
                    key: "%d"
                    search: "%s"
                    text: %s
                  proof: { at: "%s" }
                  return: { step: %dms }
            """;
}
