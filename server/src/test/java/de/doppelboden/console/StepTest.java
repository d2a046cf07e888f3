package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {

    private static final Instant BEGIN = Instant.parse("2026-11-24T09:00:00Z");

    private final List<Day.Marked> decisions = new ArrayList<>();

    private void decided(String action, String state) {
        decisions.add(new Day.Marked(BEGIN.plusSeconds(decisions.size()), action, state, action + " " + state));
    }

    private List<Step> steps() {
        return Step.of(decisions.reversed(), BEGIN);
    }

    @Test
    void aReturnIsOneStepToldByItsEnd() {
        decided("FAIL_OVER", "ON_STANDBY");
        decided("RECONCILE", "RECONCILING");
        decided("RAMP", "RECONCILING");
        decided("RETURN", "RETURNING");
        decided("RETURN", "RETURNING");
        decided("FAIL_BACK", "NORMAL");
        decided("FAIL_OVER", "ON_STANDBY");

        assertThat(steps())
                .extracting(Step::headline)
                .containsExactly(
                        "Umschaltung in den Notbetrieb", "Zurück im Regelbetrieb", "Umschaltung in den Notbetrieb");
        var back = steps().get(1);
        assertThat(back.when()).isEqualTo("10:00:01 bis 10:00:05");
        assertThat(back.reason()).isEqualTo("FAIL_BACK NORMAL");
        assertThat(back.parts())
                .extracting(Step::headline)
                .containsExactly(
                        "Prüfung des Regelbetriebs beginnt",
                        "Prüfung des Regelbetriebs",
                        "Rückführung",
                        "Rückführung",
                        "Zurück im Regelbetrieb");
    }

    @Test
    void aReturnThatDidNotLastSaysSo() {
        decided("RECONCILE", "RECONCILING");
        decided("ABORT", "ON_STANDBY");
        decided("RECONCILE", "RECONCILING");
        decided("RETURN", "RETURNING");
        decided("FAIL_OVER", "ON_STANDBY");
        decided("RECONCILE", "RECONCILING");
        decided("RAMP", "RECONCILING");

        assertThat(steps())
                .extracting(Step::headline)
                .containsExactly(
                        "Rückführung abgebrochen",
                        "Rückführung unterbrochen",
                        "Umschaltung in den Notbetrieb",
                        "Rückführung läuft");
    }

    @Test
    void whatAPersonOrdersMeanwhileStandsForItself() {
        decided("RECONCILE", "RECONCILING");
        decided("MODE", "RECONCILING");
        decided("FAIL_BACK", "NORMAL");

        assertThat(steps())
                .extracting(Step::headline)
                .containsExactly("Betriebsart geändert", "Zurück im Regelbetrieb");
    }
}
