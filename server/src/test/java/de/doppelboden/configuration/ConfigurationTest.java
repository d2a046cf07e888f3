package de.doppelboden.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    private static final String RIGHT = """
        doppelboden:
          data: ./data
          database: embedded
          console:    { listen: 127.0.0.1:8080 }
          management: { listen: 127.0.0.1:9090 }
          services:
            - id: register
              kind: register
              listen: 127.0.0.1:8081
              primary: http://127.0.0.1:18081
              mode: automatic
              budget: 500ms
              operations:
                - operation: register.view
                  path: /person/{key}
                  budget: 1s
              login: { path: /anmeldung, user-field: kennung, password-field: kennwort, session-cookie: SITZUNG }
              feed: { url: "jdbc:postgresql://127.0.0.1:15434/city", user: feed, password-file: keys/feed }
              replay: { url: "http://127.0.0.1:18081/api/v1", token-file: keys/token }
        """;

    @TempDir
    private Path folder;

    @Test
    void readsAWholeFileWithItsDefaults() {
        Configuration configuration = valid(RIGHT, Map.of());

        ServiceSettings register = configuration.service("register").orElseThrow();
        RegisterSettings kind = (RegisterSettings) register.kind();
        assertThat(configuration.data()).isEqualTo(folder.resolve("data"));
        assertThat(configuration.database())
                .isEqualTo(new DatabaseSettings.Embedded(15_432, DataSize.parse("64MB"), 60));
        assertThat(register.mode()).isEqualTo(ServiceSettings.Mode.AUTOMATIC);
        assertThat(register.budget()).isEqualTo(Duration.ofMillis(500));
        assertThat(((RegisterSettings) register.kind()).operations().getFirst().budget())
                .contains(Duration.ofSeconds(1));
        assertThat(kind.feed().passwordFile()).isEqualTo(folder.resolve("keys/feed"));
        assertThat(kind.feed().massChange().moves()).isEqualTo(new Percent(0.05));
        assertThat(kind.login().remember()).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() throws Exception {
        TlsSettings right = Certificates.make(folder, "right", "counter.example");
        TlsSettings other = Certificates.make(folder, "other", "counter.example");
        String tls = "      tls: { certificate-file: %s, key-file: %s }\n";

        assertThat(valid(RIGHT + tls.formatted(right.certificate(), right.key()), Map.of())
                        .tls())
                .containsExactly(right);
        assertThat(problems(RIGHT + tls.formatted(right.certificate(), other.key()), Map.of()))
                .singleElement()
                .asString()
                .contains(":20: services[0].tls.certificate-file: the key in " + other.key() + " does not belong to");
        assertThat(problems(RIGHT + tls.formatted(right.key(), right.key()), Map.of()))
                .singleElement()
                .asString()
                .contains(":20: services[0].tls.certificate-file", "is no certificate");
        assertThat(problems(RIGHT + tls.formatted("gone.crt", right.key()), Map.of()))
                .singleElement()
                .asString()
                .contains("gone.crt is not there");
    }

    @Test
    void keepsTheConsolesPlainListenerOnLoopbackBesideTls() throws Exception {
        TlsSettings files = Certificates.make(folder, "console", "console.example");
        String tls = ", tls: { listen: 0.0.0.0:8443, certificate-file: %s, key-file: %s } }"
                .formatted(files.certificate(), files.key());

        Configuration local = valid(RIGHT.replace("127.0.0.1:8080 }", "127.0.0.1:8080" + tls), Map.of());

        assertThat(local.console().secure()).isTrue();
        assertThat(problems(RIGHT.replace("127.0.0.1:8080 }", "0.0.0.0:8080" + tls), Map.of()))
                .singleElement()
                .asString()
                .contains("console.listen: is not on loopback");
    }

    @Test
    void refusesASecretThatEverybodyMayRead() throws IOException {
        Files.createDirectories(folder.resolve("keys"));
        Path token = Secrets.write(folder.resolve("keys/token"), "a-token");
        Path password = Secrets.write(folder.resolve("keys/feed"), "a-password");
        assertThat(valid(RIGHT, Map.of())).isNotNull();

        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r-----"));
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(problems(RIGHT, Map.of()))
                .singleElement()
                .asString()
                .contains(":18: services[0].feed.password-file: " + password + " is open to everybody")
                .contains("(rw-r--r--)", "chmod o= " + password);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        budget: 500ms           | budget: 500              | 12 | services[0].budget       | expected a number with ms, s, m, h or d, from 10ms to 60s
        budget: 500ms           | budget: 5ms              | 12 | services[0].budget       | "5ms" is not possible
        budget: 500ms           | budgte: 500ms            | 12 | services[0].budgte       | did you mean budget?
        mode: automatic         | mode: auto               | 11 | services[0].mode         | expected one of observe, advise, automatic
        127.0.0.1:8081          | 127.0.0.1                |  9 | services[0].listen       | expected host:port
        127.0.0.1:8081          | 127.0.0.1:80810          |  9 | services[0].listen       | expected host:port
        http://127.0.0.1:18081  | ftp://127.0.0.1          | 10 | services[0].primary      | expected a URL with http or https
        id: register            | id: Das Register         |  7 | services[0].id           | expected a-z, 0-9 and -
        kind: register          | kind: fax                |  8 | services[0].kind         | expected one of register
        path: /person/{key}     | path: person             | 15 | services[0].operations[0].path | expected a path from / on
        user: feed,             | password: geheim,        | 18 | services[0].feed.password | password-file
        user: feed,             |                          | 18 | services[0].feed.user    | is missing
        database: embedded      | database: jdbc:oracle:x  |  3 | database.url             | expected embedded or jdbc:postgresql://
        database: embedded      | database: {port: 80}     |  3 | database.port            | from 1024 to 65535
        data: ./data            | data: [a, b]             |  2 | data                     | expected a path
        mode: automatic         | kind: register           | 11 | services[0].kind         | is given twice
        """)
    void namesKeyLineAndWhatWasExpected(String right, String wrong, int line, String key, String message) {
        List<Problem> problems = problems(RIGHT.replace(right, wrong == null ? "" : wrong), Map.of());

        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.message()).contains(message);
        });
    }

    @Test
    void findsAllErrorsAtOnce() {
        List<Problem> problems = problems(
                RIGHT.replace("budget: 500ms", "budget: late")
                        .replace("kind: register", "kind: fax")
                        .replace("database: embedded", "databse: embedded"),
                Map.of());

        assertThat(problems.stream().map(Problem::key).collect(Collectors.toSet()))
                .contains("services[0].budget", "services[0].kind", "databse");
    }

    @Test
    void saysWhereAFileIsNoYaml() {
        List<Problem> problems = problems("doppelboden:\n  data: [\n  x", Map.of());

        assertThat(problems).singleElement().satisfies(p -> assertThat(p.line()).isGreaterThan(1));
    }

    @Test
    void saysThatThereIsNoFile() {
        var loaded = Configuration.load(folder.resolve("none.yaml"), Map.of());

        assertThat(loaded).isInstanceOf(Configuration.Invalid.class);
    }

    @Test
    void refusesTwoServicesWithOneIdOrOneAddress() {
        String service = RIGHT.substring(RIGHT.indexOf("    - id"));

        List<Problem> problems = problems(RIGHT + service, Map.of());

        assertThat(problems)
                .extracting(Problem::message)
                .contains("two services have the id register", "two services listen on 127.0.0.1:8081");
    }

    @Test
    void letsTheEnvironmentOverrideAKey() {
        Configuration configuration = valid(
                RIGHT,
                Map.of(
                        "DOPPELBODEN_SERVICES_0_MODE",
                        "advise",
                        "DOPPELBODEN_SERVICES_0_FEED_PASSWORD_FILE",
                        "/run/secret"));

        ServiceSettings service = configuration.services().getFirst();
        assertThat(service.mode()).isEqualTo(ServiceSettings.Mode.ADVISE);
        assertThat(((RegisterSettings) service.kind()).feed().passwordFile()).isEqualTo(Path.of("/run/secret"));
    }

    @Test
    void namesAWrongOverride() {
        List<Problem> problems =
                problems(RIGHT, Map.of("DOPPELBODEN_SERVICES_0_MODE", "fast", "DOPPELBODEN_SERVICES_0_MOOD", "advise"));

        assertThat(problems)
                .extracting(Problem::toString)
                .anySatisfy(
                        text -> assertThat(text).startsWith("DOPPELBODEN_SERVICES_0_MODE: services[0].mode: \"fast\""))
                .anySatisfy(text -> assertThat(text)
                        .contains("DOPPELBODEN_SERVICES_0_MOOD", "did you mean DOPPELBODEN_SERVICES_0_MODE?"));
    }

    @Test
    void refusesAProbesAccountWhereAWebApplicationIsProbedByItsPaths() {
        String portal = """
            doppelboden:
              services:
                - id: portal
                  kind: webapp
                  listen: 127.0.0.1:8081
                  primary: http://127.0.0.1:18081
                  standby: http://127.0.0.1:18082
                  probe: { interval: 2s, user: eva }
            """;

        List<Problem> problems = problems(portal, Map.of());

        assertThat(problems).extracting(Problem::key).containsExactly("services[0].probe.user");
    }

    @Test
    void theReferenceNamesTheKindOfServiceThatHasAKey() {
        Map<String, String> kinds =
                Configuration.reference().stream().collect(Collectors.toMap(KeyReference::path, KeyReference::kind));

        assertThat(kinds)
                .containsEntry("doppelboden.services[].standby", "webapp")
                .containsEntry("doppelboden.services[].feed.url", "register")
                .containsEntry("doppelboden.services[].probe.user", "register")
                .containsEntry("doppelboden.services[].probe.interval", "")
                .containsEntry("doppelboden.services[].primary", "");
    }

    @Test
    void describesEveryKeyWithUnitAndDefault() {
        List<KeyReference> keys = Configuration.reference();

        assertThat(keys).filteredOn(k -> !k.section()).allSatisfy(key -> {
            assertThat(key.description()).isNotBlank();
            assertThat(key.unit()).isNotBlank();
            assertThat(key.fallback()).isNotBlank();
        });
        assertThat(keys).extracting(KeyReference::path).doesNotHaveDuplicates();
        assertThat(keys).extracting(KeyReference::variable).contains("DOPPELBODEN_SERVICES_N_FEED_MASS_CHANGE_MOVES");
    }

    private Configuration valid(String yaml, Map<String, String> variables) {
        return switch (load(yaml, variables)) {
            case Configuration.Valid valid -> valid.configuration();
            case Configuration.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }

    private List<Problem> problems(String yaml, Map<String, String> variables) {
        return switch (load(yaml, variables)) {
            case Configuration.Valid valid -> throw new AssertionError("nothing was wrong: " + valid);
            case Configuration.Invalid invalid -> invalid.problems();
        };
    }

    private Configuration.Loaded load(String yaml, Map<String, String> variables) {
        try {
            Path file = folder.resolve("doppelboden.yaml");
            Files.writeString(file, yaml, StandardCharsets.UTF_8);
            return Configuration.load(file, variables);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
