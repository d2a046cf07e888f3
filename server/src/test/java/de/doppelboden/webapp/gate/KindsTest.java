package de.doppelboden.webapp.gate;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.configuration.SuccessSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.configuration.WebAppSettings.Comparison;
import de.doppelboden.configuration.WebAppSettings.OperationClass;
import de.doppelboden.configuration.WebAppSettings.State;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KindsTest {

    private static final Duration BUDGET = Duration.ofMillis(500);

    private static Kinds kinds(State state, OperationClass... classes) {
        var settings = new WebAppSettings(
                URI.create("http://127.0.0.1:1"),
                Optional.empty(),
                state,
                Optional.empty(),
                true,
                Optional.empty(),
                List.of(),
                List.of(classes));
        return new Kinds(settings, true, BUDGET);
    }

    private static OperationClass given(String name, String method, String path) {
        return new OperationClass(
                name,
                method,
                path,
                Optional.of(Duration.ofSeconds(3)),
                Optional.of(false),
                Comparison.STATUS,
                true,
                true,
                SuccessSettings.BY_STATUS);
    }

    @Test
    void findsAClassWhenItsFirstRequestWasAnsweredWell() {
        var kinds = kinds(State.SHARED);
        assertThat(kinds.of("GET", "/person/1").operation().name()).isEqualTo("GET **");

        kinds.answered("GET", "/person/1");

        assertThat(kinds.of("GET", "/person/2").operation().name()).isEqualTo("GET /person/*");
        assertThat(kinds.of("HEAD", "/person/2").operation().name()).isEqualTo("GET /person/*");
        assertThat(kinds.of("POST", "/person/2").operation().name()).isEqualTo("POST **");
        assertThat(kinds.of("PROPFIND", "/person/2").operation().name()).isEqualTo("PROPFIND **");
        assertThat(kinds.of("MKCOL", "/person/2").operation().name()).isEqualTo("OTHER **");
    }

    @Test
    void onlyWhatIsDeclaredToShareNoDataMovesAloneWhereTheSidesShareNothing() {
        var kinds = kinds(State.SEPARATE, given("Suche", "GET", "/suche"));
        kinds.answered("GET", "/person/1");
        var service = Service.of("portal", KeyKind.FREE, kinds.known());

        assertThat(kinds.sharesAll()).isFalse();
        assertThat(service.movesAlone(kinds.of("GET", "/suche").operation())).isTrue();
        assertThat(service.movesAlone(kinds.of("GET", "/person/1").operation())).isFalse();
        assertThat(kinds(State.SHARED).sharesAll()).isTrue();
    }

    @Test
    void hasABoundThatTheJudgeCanFollow() {
        var kinds = kinds(State.SHARED);
        Set<String> names = new HashSet<>();
        for (var operation : kinds.known()) {
            names.add(operation.name());
        }
        for (int i = 0; i < 5_000; i++) {
            String path = "/" + (char) ('a' + i % 26) + "/" + (char) ('a' + i / 26 % 26) + "/" + (char) ('a' + i / 676);
            kinds.answered("GET", path);
            names.add(kinds.of("GET", path).operation().name());
        }

        assertThat(names).hasSizeGreaterThan(100).hasSizeLessThan(Service.OPERATIONS_AT_MOST);
    }

    @Test
    void findsTheFewerTheMoreAreGiven() {
        var given = new OperationClass[200];
        for (int i = 0; i < given.length; i++) {
            given[i] = given("class-" + i, "GET", "/given/" + i);
        }
        var kinds = kinds(State.SHARED, given);
        Set<String> names = new HashSet<>();
        kinds.known().forEach(operation -> names.add(operation.name()));
        for (int i = 0; i < 500; i++) {
            String path = "/" + (char) ('a' + i % 26) + "/" + (char) ('a' + i / 26);
            kinds.answered("GET", path);
            names.add(kinds.of("GET", path).operation().name());
        }

        assertThat(names).hasSizeGreaterThan(210).hasSizeLessThanOrEqualTo(Service.OPERATIONS_AT_MOST);
    }

    @Test
    void takesTheConfiguredClassBeforeAFoundOne() {
        var kinds =
                kinds(State.SHARED, given("Klassenliste", "GET", "/klasse/*/liste"), given("Datei", "GET", "/d/**"));

        Operation list = kinds.of("GET", "/klasse/7a/liste").operation();
        assertThat(list.name()).isEqualTo("Klassenliste");
        assertThat(list.budget()).isEqualTo(Duration.ofSeconds(3));
        assertThat(list.hedgeable()).as("taken out by the configuration").isFalse();
        assertThat(kinds.of("GET", "/d/x/y/z").operation().name()).isEqualTo("Datei");
        assertThat(kinds.of("GET", "/klasse/7a/b/liste").operation().name()).isEqualTo("GET **");
        assertThat(kinds.of("POST", "/klasse/7a/liste").operation().name()).isEqualTo("POST **");
    }

    @Test
    void onlyReadsAreAskedOfBothSidesAndOnlyThoseOfAStandbyWithItsOwnStateAreServed() {
        var separate = kinds(State.SEPARATE);

        for (String method : List.of("GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT", "SEARCH")) {
            assertThat(separate.of(method, "/").operation().hedgeable())
                    .as(method)
                    .isTrue();
            assertThat(separate.of(method, "/").operation().policy()).as(method).isEqualTo(Policy.SAFE);
        }
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "PROPPATCH")) {
            assertThat(separate.of(method, "/").operation().policy()).as(method).isEqualTo(Policy.FORBIDDEN);
            assertThat(kinds(State.SHARED).of(method, "/").operation().policy())
                    .as(method)
                    .isEqualTo(Policy.SAFE);
            assertThat(kinds(State.SHARED).of(method, "/").operation().hedgeable())
                    .as(method)
                    .isFalse();
            assertThat(kinds(State.SHARED).of(method, "/").operation().either())
                    .as(method)
                    .isTrue();
            assertThat(separate.of(method, "/").operation().either()).as(method).isFalse();
        }
    }
}
