package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.console.ServiceStatus.Feed;
import de.doppelboden.console.ServiceStatus.Journal;
import de.doppelboden.console.ServiceStatus.Judgement;
import de.doppelboden.continuity.feed.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardTest {

    private static final Instant NOW = Statuses.NOW;

    private static Card onStandby(Feed feed, Optional<Journal> journal) {
        return onStandby(feed, journal, Optional.empty());
    }

    private static Card onStandby(Feed feed, Optional<Journal> journal, Optional<Instant> certificate) {
        var status = new ServiceStatus(
                "portal",
                "Schulportal",
                "AUTOMATIC",
                "ON_STANDBY",
                "STANDBY",
                Optional.of(NOW),
                "",
                1,
                new Judgement("FAILED", "HEALTHY", "", List.of()),
                Optional.of(feed),
                Optional.empty(),
                journal,
                Optional.empty(),
                List.of(),
                certificate);
        return Card.of(status, NOW, List.of());
    }

    private static Feed withoutCopy(String reason) {
        return new Feed("RUNNING", Optional.empty(), Optional.of(Duration.ZERO), reason);
    }

    @Test
    void promisesThatWorkGoesBackOnlyWhereThereIsAJournal() {
        var copied = onStandby(
                new Feed("RUNNING", Optional.of(NOW), Optional.of(Duration.ofSeconds(2)), "changes are read"),
                Optional.of(new Journal(3, 1)));
        var shared = onStandby(withoutCopy(FeedState.NOT_NEEDED.reason()), Optional.empty());
        var separate = onStandby(withoutCopy("the standby is kept current by others"), Optional.empty());

        assertThat(copied.meaning()).contains("später in den Regelbetrieb übertragen");
        assertThat(copied.facts()).extracting(Card.Fact::label).contains("Noch zu übertragen", "Arbeitsliste");
        assertThat(shared.meaning()).contains("Beide Seiten schreiben dieselben Daten");
        assertThat(separate.meaning()).contains("Alle lesen im Notbetrieb weiter");
        assertThat(separate.facts()).extracting(Card.Fact::label).doesNotContain("Noch zu übertragen", "Arbeitsliste");
        assertThat(separate.facts()).extracting(Card.Fact::value).contains("hält aktuell, wer die Anwendung betreibt");
    }

    @ParameterizedTest
    @CsvSource({
        "HEALTHY, HEALTHY, '', success, Alle arbeiten im Regelbetrieb.",
        "DEGRADED, HEALTHY, '', warning, bedient gerade nicht alle gut",
        "FAILED, HEALTHY, '', danger, beantwortet fast keine",
        "FAILED, FAILED, '', danger, Weder Regelbetrieb noch Notbetrieb antworten",
        "HEALTHY, HEALTHY, GET /suche, success, nur diese Vorgangsarten im Notbetrieb: GET /suche."
    })
    void saysOfThePrimaryOnlyWhatIsTrue(String primary, String standby, String moved, String tone, String meaning) {
        var details =
                moved.isEmpty() ? List.<ServiceStatus.Figure>of() : List.of(new ServiceStatus.Figure("classes", moved));
        var status = Statuses.normal(primary, standby, details);

        var card = Card.of(status, NOW, List.of());

        assertThat(card.meaning()).contains(meaning);
        assertThat(card.tone()).isEqualTo(tone);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "P22D, -, -",
                "P20D, warning, noch 20 Tage",
                "PT1H, warning, noch 1 Stunde",
                "PT-1S, danger, abgelaufen seit"
            })
    void saysInTimeThatTheCertificateExpires(Duration left, @Nullable String tone, @Nullable String text) {
        var facts = onStandby(withoutCopy(""), Optional.empty(), Optional.of(NOW.plus(left))).facts().stream()
                .filter(fact -> fact.label().equals("TLS-Zertifikat"))
                .toList();

        if (tone == null) {
            assertThat(facts).isEmpty();
        } else {
            assertThat(facts).singleElement().returns(tone, Card.Fact::tone);
            assertThat(facts.getFirst().value()).contains(text);
        }
    }
}
