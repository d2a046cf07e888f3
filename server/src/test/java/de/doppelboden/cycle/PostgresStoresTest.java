package de.doppelboden.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.Backlog;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.ownership.Claim;
import de.doppelboden.continuity.ownership.Ownership;
import de.doppelboden.database.TestDatabase;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresStoresTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("cycle");

    private static final AtomicInteger SERVICES = new AtomicInteger();

    private String service;
    private PostgresOwnership ownership;
    private PostgresJournal journal;
    private Worklist worklist;

    @BeforeEach
    void aService() {
        service = "service" + SERVICES.incrementAndGet();
        ownership = new PostgresOwnership(database.database(), service);
        journal = new PostgresJournal(database.database(), service);
        worklist = new Worklist(database.database(), service);
    }

    private Ownership give(Side owner, Slice apart) throws Exception {
        var before = ownership.read();
        var intent = ownership.announce(before, owner, "g1").intent().orElseThrow();
        var claim = ownership.claim(before, owner, apart, "g1", intent.number(), "a test");
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return ((Claim.Granted) claim).ownership();
    }

    private static JournalEntry entry(String idempotencyKey, String om) {
        return new JournalEntry(
                0,
                idempotencyKey,
                "register.move",
                new Key("resident", om),
                "7",
                "{\"ort\": \"Hamburg\"}",
                "person-1",
                "Mitte",
                Instant.parse("2019-09-24T09:00:00Z"),
                EntryState.OPEN,
                1);
    }

    @Test
    void beginsWithThePrimary() throws Exception {
        assertThat(ownership.read().epoch()).isZero();
        assertThat(ownership.read().owner()).isEqualTo(Side.PRIMARY);
        assertThat(journal.append(entry("a", "1"), 0)).isInstanceOf(Appended.Fenced.class);
    }

    @Test
    void storesUnderTheEpochOfTheStandbyOnly() throws Exception {
        var now = give(Side.STANDBY, Slice.NOBODY);

        var stored = journal.append(entry("a", "1"), now.epoch());
        var again = journal.append(entry("a", "1"), now.epoch());
        var late = journal.append(entry("b", "1"), now.epoch() - 1);

        assertThat(stored).isInstanceOf(Appended.Stored.class);
        assertThat(again).isEqualTo(new Appended.Duplicate(((Appended.Stored) stored).number()));
        assertThat(late).isEqualTo(new Appended.Fenced(now));
        assertThat(journal.backlog()).isEqualTo(new Backlog(1, 0, 0));
    }

    @Test
    void knowsTheOwnerOfEachKey() throws Exception {
        var apart = new Key("resident", "4711");
        var now = give(Side.PRIMARY, Slice.named(apart.toString()));

        assertThat(ownership.read()).isEqualTo(now);
        assertThat(now.of(apart)).isEqualTo(Side.STANDBY);
        assertThat(journal.append(entry("a", "4711"), now.epoch())).isInstanceOf(Appended.Stored.class);
        assertThat(journal.append(entry("b", "4712"), now.epoch())).isInstanceOf(Appended.Fenced.class);
    }

    @Test
    void findsTheSameKeysInASliceAsTheGateway() throws Exception {
        var now = give(Side.PRIMARY, new Slice(Set.of("resident/7"), 300));

        for (var om = 0; om < 200; om++) {
            var appended = journal.append(entry("form-" + om, Integer.toString(om)), now.epoch());
            var standby = now.of(new Key("resident", Integer.toString(om))) == Side.STANDBY;
            assertThat(appended instanceof Appended.Stored).as("resident/" + om).isEqualTo(standby);
        }
        assertThat(journal.backlog().open()).isBetween(30, 90);
        assertThat(journal.missing(Set.of("form-7", "form-x", "form-y"))).isEqualTo(2);
    }

    @Test
    void letsAChangeOfOwnerWaitForWhoIsAppending() throws Exception {
        var now = give(Side.STANDBY, Slice.NOBODY);
        var intent = ownership.announce(now, Side.STANDBY, "g1").intent().orElseThrow();
        var claim = new AtomicReference<Claim>();
        var appended = new AtomicReference<Appended>();

        Thread claimant = database.database().transaction(connection -> {
            appended.set(journal.append(connection, entry("a", "1"), now.epoch()));
            var thread = Thread.ofVirtual()
                    .start(() -> claim.set(ownership.claim(
                            now, Side.STANDBY, Slice.NOBODY, "g1", intent.number(), "while one appends")));
            await().until(PostgresStoresTest::someoneWaitsForTheFence);
            return thread;
        });
        claimant.join();

        assertThat(appended.get()).isInstanceOf(Appended.Stored.class);
        assertThat(claim.get()).isInstanceOf(Claim.Granted.class);
        assertThat(journal.append(entry("b", "1"), now.epoch())).isInstanceOf(Appended.Fenced.class);
    }

    private static boolean someoneWaitsForTheFence() throws Exception {
        return database.database().transaction(connection -> Sql.one(connection, row -> row.getInt(1) > 0, """
                        select count(*) from pg_locks where locktype = 'advisory' and not granted
                          and database = (select oid from pg_database where datname = current_database())"""));
    }

    @Test
    void doesNotGiveTheKeysBackWhileTheJournalIsOpen() throws Exception {
        var now = give(Side.STANDBY, Slice.NOBODY);
        journal.append(entry("a", "1"), now.epoch());
        var intent = ownership.announce(now, Side.PRIMARY, "g1").intent().orElseThrow();

        assertThat(ownership.claim(now, Side.PRIMARY, Slice.NOBODY, "g1", intent.number(), "too early"))
                .isEqualTo(new Claim.Unready(1));
        assertThat(ownership.read()).isEqualTo(now);
        assertThat(ownership.claim(now, Side.PRIMARY, Slice.named("resident/1"), "g1", intent.number(), "but one"))
                .isInstanceOf(Claim.Granted.class);
    }

    @Test
    void letsOneOfTwoClaimantsWin() throws Exception {
        var now = ownership.read();
        var first = ownership.announce(now, Side.STANDBY, "g1").intent().orElseThrow();
        var second = ownership.announce(now, Side.STANDBY, "g2").intent().orElseThrow();

        assertThat(second).as("an intent holds until it is withdrawn").isEqualTo(first);
        assertThat(ownership.claim(now, Side.STANDBY, Slice.NOBODY, "g1", first.number(), "first"))
                .isInstanceOf(Claim.Granted.class);
        assertThat(ownership.claim(now, Side.STANDBY, Slice.NOBODY, "g2", first.number(), "second"))
                .isInstanceOfSatisfying(
                        Claim.Lost.class,
                        lost -> assertThat(lost.current().epoch()).isEqualTo(1));
    }

    @Test
    void knowsTheOtherGatewaysAndTheirCompany() throws Exception {
        ownership.renew("g1", 0, 0, Set.of());
        ownership.renew("g2", 0, 0, Set.of("g1"));
        ownership.renew("g1", 1, 3, Set.of("g2"));
        var seen = ownership.renew("g2", 1, 0, Set.of("someone"));

        assertThat(seen.others()).singleElement().satisfies(other -> {
            assertThat(other.gateway()).isEqualTo("g1");
            assertThat(other.beats()).isEqualTo(2);
            assertThat(other.yielded()).isEqualTo(3);
            assertThat(other.company()).containsExactly("g2");
        });
        ownership.leave("g1");
        assertThat(ownership.renew("g2", 2, 0, Set.of()).others()).isEmpty();
        assertThat(ownership.withdraw("g2", 99).intent()).isEmpty();
    }

    @Test
    void handsOutTheEarliestEntryOfEachKeyThatNoPersonHolds() throws Exception {
        var now = give(Side.STANDBY, Slice.NOBODY);
        for (var id : new String[] {"1a:1", "1b:1", "2a:2", "2b:2", "3a:3"}) {
            journal.append(entry(id, id.substring(3)), now.epoch());
        }
        var due = journal.due(10);
        assertThat(due).extracting(JournalEntry::idempotencyKey).containsExactly("1a:1", "2a:2", "3a:3");

        assertThat(journal.record(due.getFirst(), EntryState.CONFLICT, "changed meanwhile"))
                .isTrue();
        assertThat(journal.record(due.getFirst(), EntryState.APPLIED, "too late"))
                .isFalse();
        assertThat(journal.record(due.get(1), EntryState.APPLIED, "done")).isTrue();

        assertThat(journal.due(10)).extracting(JournalEntry::idempotencyKey).containsExactly("2b:2", "3a:3");
        assertThat(journal.due(1)).hasSize(1);
        assertThat(journal.backlog()).isEqualTo(new Backlog(2, 1, 1));
    }

    @Test
    void letsOneReconcilerWorkAtATime() throws Exception {
        var now = give(Side.STANDBY, Slice.NOBODY);
        journal.append(entry("a", "1"), now.epoch());

        try (var other = new PostgresJournal(database.database(), service)) {
            assertThat(journal.due(10)).hasSize(1);
            assertThat(other.due(10)).isEmpty();
            journal.stopWork();
            assertThat(other.due(10)).hasSize(1);
        }
    }

    @Test
    void takesASuspectThatItsUserSendsAgainForTheEntry() throws Exception {
        var suspected = journal.suspect(entry("a", "1"));
        assertThat(journal.suspect(entry("a", "1"))).isInstanceOf(Appended.Duplicate.class);
        var now = give(Side.STANDBY, Slice.NOBODY);

        var sentAgain = journal.append(entry("a", "1"), now.epoch());

        assertThat(sentAgain).isEqualTo(suspected).isInstanceOf(Appended.Stored.class);
        assertThat(journal.due(10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.state()).isEqualTo(EntryState.OPEN));
        assertThat(journal.append(entry("a", "1"), now.epoch())).isInstanceOf(Appended.Duplicate.class);
    }

    @Test
    void storesAnActAnewWhoseSuspectWasNeverCarriedOut() throws Exception {
        journal.suspect(entry("a", "1"));
        var suspect = journal.due(1).getFirst();
        journal.record(suspect, EntryState.DROPPED, "the primary never had it");
        var now = give(Side.STANDBY, Slice.NOBODY);

        assertThat(journal.append(entry("a", "1"), now.epoch())).isInstanceOf(Appended.Stored.class);
    }

    @Test
    void keepsADecisionWithWhoMadeIt() throws Exception {
        var now = give(Side.STANDBY, Slice.NOBODY);
        journal.append(entry("a", "1"), now.epoch());
        journal.record(journal.due(1).getFirst(), EntryState.CONFLICT, "both versions");
        var item = worklist.waiting().getFirst();

        assertThat(worklist.decide(item.entry().number(), item.entry().state(), true, "the new one", "person-2"))
                .isTrue();
        assertThat(worklist.decide(item.entry().number(), item.entry().state(), false, "no", "person-3"))
                .isFalse();

        assertThat(worklist.waiting()).isEmpty();
        assertThat(worklist.steps(item.entry().number()))
                .extracting(Worklist.Step::state)
                .containsExactly(EntryState.CONFLICT, EntryState.DECIDED_APPLY);
        var decided = worklist.item("a").orElseThrow().entry();
        assertThat(decided.state()).isEqualTo(EntryState.DECIDED_APPLY);
        assertThat(decided.baseVersion()).as("however often it is tried").isEqualTo(JournalEntry.ANY_VERSION);
    }
}
