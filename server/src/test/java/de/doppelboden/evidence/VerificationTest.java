package de.doppelboden.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Forty entries, and each way to falsify them. */
class VerificationTest {

    private static final int ENTRIES = 40;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("evidence");

    @TempDir
    private Path folder;

    private final EvidenceReader reader = new EvidenceReader(database.database().dataSource());

    @BeforeEach
    void write() throws Exception {
        EvidenceTables.empty(database.database());
        write(ENTRIES);
    }

    @Test
    void findsAChangedText() throws Exception {
        EvidenceTables.tamper(database.database(), "update evidence.entry set text = 'harmless' where number = 17");

        assertBroken(Verified.Kind.CHANGED, 17, 17);
    }

    @Test
    void findsAChangedTimeAPersonAndADetail() throws Exception {
        EvidenceTables.tamper(
                database.database(), "update evidence.entry set at = at - interval '1 microsecond' where number = 40");
        assertBroken(Verified.Kind.CHANGED, 40, 40);

        EvidenceTables.tamper(
                database.database(),
                "update evidence.entry set at = at + interval '1 microsecond' where number = 40",
                "update evidence.entry set person = gen_random_uuid() where number = 30");
        assertBroken(Verified.Kind.CHANGED, 30, 30);

        EvidenceTables.tamper(database.database(), "update evidence.entry set detail = '{\"n\":  2}' where number = 2");
        assertBroken(Verified.Kind.CHANGED, 2, 2);
    }

    @Test
    void findsARemovedEntry() throws Exception {
        EvidenceTables.tamper(database.database(), "delete from evidence.entry where number = 17");

        assertBroken(Verified.Kind.REMOVED, 17, 17);
    }

    @Test
    void findsAnEntryThatWasRemovedWithItsLink() throws Exception {
        EvidenceTables.tamper(
                database.database(),
                "delete from evidence.entry where number = 17",
                "delete from evidence.link where position = 17");

        assertBroken(Verified.Kind.REMOVED, 17, 0);
    }

    @Test
    void findsARemovedEntryWhenTheRestWasMovedUp() throws Exception {
        EvidenceTables.tamper(
                database.database(),
                "delete from evidence.entry where number = 17",
                "delete from evidence.link where position = 17",
                "update evidence.link set position = -position where position > 17",
                "update evidence.link set position = -position - 1 where position < 0");

        assertBroken(Verified.Kind.REMOVED, 17, 0);
    }

    @Test
    void findsAnEntryThatWasPutInBetween() throws Exception {
        EvidenceTables.tamper(
                database.database(),
                "delete from evidence.entry where number = 17",
                "update evidence.entry set number = default where number = 18");
        EvidenceTables.empty(database.database());
        write(ENTRIES);
        EvidenceTables.tamper(
                database.database(),
                "alter table evidence.entry alter column number drop identity",
                "insert into evidence.entry select -1, gen_random_uuid(), at, process, service, kind, 'forged' from"
                        + " evidence.entry where number = 5",
                "alter table evidence.entry alter column number add generated always as identity");

        assertBroken(Verified.Kind.INSERTED, ENTRIES, -1);
    }

    @Test
    void findsAnEntryThatWasPutInBetweenWithALink() throws Exception {
        EvidenceTables.tamper(
                database.database(),
                "insert into evidence.entry (id, at, process, service, kind, text) select gen_random_uuid(), at,"
                        + " process, service, kind, 'forged' from evidence.entry where number = 17",
                "update evidence.link set position = -position where position > 17",
                "update evidence.link set position = -position + 1 where position < 0",
                "insert into evidence.link select 18, max(number), sha256('guessed') from evidence.entry");

        assertThat(verify())
                .isInstanceOfSatisfying(
                        Verified.Broken.class,
                        broken -> assertThat(broken.position()).isEqualTo(18));
    }

    @Test
    void findsThatTheEndWasCutOff() throws Exception {
        EvidenceTables.tamper(
                database.database(),
                "delete from evidence.entry where number > 30",
                "delete from evidence.link where position > 30");

        assertBroken(Verified.Kind.CUT_OFF, 31, 0);
        assertThat(verify().sentence()).contains("an anchor was kept for position 40");
    }

    @Test
    void findsThatTheWholeChainWasMadeAnew() throws Exception {
        EvidenceTables.tamper(
                database.database(),
                "update evidence.entry set text = 'harmless' where number = 17",
                "truncate evidence.link");
        await().until(() -> chainAgain() == ENTRIES);

        assertBroken(Verified.Kind.REWRITTEN, ENTRIES, ENTRIES);
    }

    @Test
    void comparesWithAnAnchorThatWasKeptOnPaper() throws Exception {
        Head paper = reader.head();
        EvidenceTables.empty(database.database());
        Files.delete(folder.resolve("anchor.log"));
        write(ENTRIES);

        Verified verified = reader.verify(folder, List.of(Head.parse(paper.toString())));

        assertThat(verified).isInstanceOf(Verified.Broken.class);
        assertThat(reader.verify(folder, List.of(reader.head()))).isInstanceOf(Verified.Intact.class);
    }

    private void assertBroken(Verified.Kind kind, long position, long entry) throws Exception {
        assertThat(verify()).isInstanceOfSatisfying(Verified.Broken.class, broken -> {
            assertThat(broken.kind()).isEqualTo(kind);
            assertThat(broken.position()).isEqualTo(position);
            assertThat(broken.entry()).isEqualTo(entry);
        });
    }

    private Verified verify() throws Exception {
        return reader.verify(folder, List.of());
    }

    private int chainAgain() throws Exception {
        try (var connection = database.database().connection()) {
            connection.setAutoCommit(false);
            return Sequencer.linkAll(connection);
        }
    }

    private void write(int entries) throws Exception {
        try (EvidenceLog log = EvidenceLog.open(
                database.access(), folder, "test", InstantSource.system(), new SplittableRandom(), List.of())) {
            for (int i = 1; i <= entries; i++) {
                log.submit(new Note("register", "verdict", "Sentence " + i).withDetail("{\"n\": " + i + "}"));
            }
            await().until(() -> reader.head().position() == entries);
        }
        assertThat(verify()).isInstanceOf(Verified.Intact.class);
    }
}
