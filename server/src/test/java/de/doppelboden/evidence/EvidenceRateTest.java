package de.doppelboden.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Not the measurement, which {@code bench} makes, but a guard against losing the group commit. */
class EvidenceRateTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("evidence");

    @TempDir
    private Path folder;

    @Test
    void storesThousandsOfEntriesASecondDurably() throws Exception {
        int entries = 20_000;
        List<Ticket> tickets = new ArrayList<>();
        try (EvidenceLog log = EvidenceLog.open(
                database.access(), folder, "rate", InstantSource.system(), new SplittableRandom(), List.of())) {
            long start = System.nanoTime();
            for (int i = 0; i < entries; i++) {
                tickets.add(log.submit(new Note("register", "verdict", "both sides answer within their budget, " + i)
                        .withDetail("{\"late\": 0, \"failed\": 0}")));
            }
            for (Ticket ticket : tickets) {
                assertThat(ticket.await()).isInstanceOf(Accepted.InDatabase.class);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(took).isLessThan(Duration.ofSeconds(20));
        }
    }
}
