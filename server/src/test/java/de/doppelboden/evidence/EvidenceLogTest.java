package de.doppelboden.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class EvidenceLogTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("evidence");

    @TempDir
    private Path folder;

    private final EvidenceReader reader = new EvidenceReader(database.database().dataSource());
    private EvidenceLog log;

    @BeforeEach
    void open() throws Exception {
        EvidenceTables.empty(database.database());
        log = EvidenceLog.open(
                database.access(), folder, "test", InstantSource.system(), new SplittableRandom(), List.of());
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void findsWhatWasWrittenNewestFirst() throws Exception {
        log.append(new Note("register", "switch", "Users moved to the standby.").withDetail("{\"epoch\": 2}"));
        log.append(new Note("register", "act.failover", "An operator ordered it: 100 % sure."));
        log.append(new Note("mail", "verdict", "Both sides answer."));

        assertThat(reader.find(Query.latest(10)))
                .extracting(f -> f.entry().note().service())
                .containsExactly("mail", "register", "register");
        assertThat(reader.find(Query.latest(10).ofService("register").ofKind("act")))
                .hasSize(1);
        assertThat(reader.find(Query.latest(10).withText("100 % SURE"))).hasSize(1);
        assertThat(reader.find(Query.latest(10).withText("100_"))).isEmpty();
        Found oldest = reader.find(Query.latest(10)).getLast();
        assertThat(oldest.entry().note().detail()).contains("{\"epoch\": 2}");
        assertThat(reader.find(Query.latest(10).before(oldest.number()))).isEmpty();
    }

    @Test
    void chainsWhatWasWrittenAndAnchorsTheHead() throws Exception {
        for (int i = 0; i < 300; i++) {
            log.submit(new Note("register", "verdict", "Observation " + i));
        }

        await().until(() -> reader.head().position() == 300);

        assertThat(reader.verify(folder, List.of())).isInstanceOfSatisfying(Verified.Intact.class, intact -> {
            assertThat(intact.entries()).isEqualTo(300);
            assertThat(intact.unchained()).isZero();
        });
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(Files.readString(folder.resolve("anchor.log")))
                        .contains("300 " + reader.head().hash()));
    }

    @Test
    void letsOnlyOneProcessChain() throws Exception {
        try (EvidenceLog other = EvidenceLog.open(
                database.access(), folder, "other", InstantSource.system(), new SplittableRandom(), List.of())) {
            for (int i = 0; i < 200; i++) {
                log.submit(new Note("a", "verdict", "a" + i));
                other.submit(new Note("b", "verdict", "b" + i));
            }
            await().until(() -> reader.head().position() == 400);
        }

        assertThat(reader.verify(folder, List.of())).isInstanceOf(Verified.Intact.class);
    }

    @Test
    void keepsOrRefusesANoteWithItsTransaction() throws Exception {
        database.database().transaction(connection -> {
            log.appendWithin(connection, new Note("register", "act", "kept"));
            return true;
        });
        assertThatThrownBy(() -> database.database().transaction(connection -> {
                    log.appendWithin(connection, new Note("register", "act", "rolled back"));
                    throw new SQLException("something failed");
                }))
                .hasMessage("something failed");

        assertThat(reader.find(Query.latest(10)))
                .extracting(f -> f.entry().note().text())
                .containsExactly("kept");
        await().until(() -> reader.head().position() == 1);
        assertThat(reader.verify(folder, List.of())).isInstanceOf(Verified.Intact.class);
    }

    @Test
    void forgetsAPersonWithoutBreakingTheChain() throws Exception {
        People people = new People(database.database().dataSource(), InstantSource.system(), new SplittableRandom());
        UUID id = people.id("e.muster");
        log.append(new Note("register", "act", "A clerk set a block.").by(id));
        await().until(() -> reader.head().position() == 1);
        assertThat(reader.find(Query.latest(1)).getFirst().person()).contains("e.muster");
        assertThat(people.id("e.muster")).isEqualTo(id);

        assertThat(people.forgetUnseenSince(LocalDate.now().plusDays(2))).isEqualTo(1);

        assertThat(reader.find(Query.latest(1)).getFirst().person()).isEmpty();
        assertThat(reader.verify(folder, List.of())).isInstanceOf(Verified.Intact.class);
        assertThat(people.id("e.muster")).isNotEqualTo(id);
    }

    @Test
    void storesWhatNoDatabaseLikes() throws Exception {
        Accepted accepted =
                log.append(new Note("x", "notice", "nul \0, half a pair \ud83d, a quote ', " + "ä".repeat(9_000)));

        assertThat(accepted).isInstanceOf(Accepted.InDatabase.class);
        assertThat(reader.find(Query.latest(1)).getFirst().entry().note().text())
                .hasSize(4_000)
                .endsWith("…");
    }

    @Test
    void refusesADetailThatIsNoJson() {
        assertThatThrownBy(() -> new Note("x", "notice", "text").withDetail("{no json"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToChangeOrRemoveEvidence() throws Exception {
        log.append(new Note("x", "notice", "text"));

        for (String statement : List.of(
                "update evidence.entry set text = 'other'",
                "delete from evidence.entry",
                "truncate evidence.entry cascade")) {
            assertThatThrownBy(() -> database.database()
                            .transaction(c -> c.createStatement().execute(statement)))
                    .hasMessageContaining("evidence is never changed");
        }
    }
}
