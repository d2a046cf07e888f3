package de.doppelboden.register.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.doppelboden.continuity.feed.FeedChange;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.database.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FeedPassTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("register");

    private static final String APPLIED = "00000000-0000-0000-0000-000000000001";
    private static final String OPEN = "00000000-0000-0000-0000-000000000002";
    private static final String DROPPED = "00000000-0000-0000-0000-000000000003";

    private final TestGuard guard = new TestGuard();
    private Instant now = Instant.parse("2019-09-24T09:02:41Z");
    private final InstantSource clock = () -> now;
    private PrimaryDatabase primary;
    private FeedPass feed;
    private BlockPath blocks;
    private FeedOrders orders;

    @BeforeEach
    void loadOnce() throws Exception {
        execute("truncate register.resident, register.resident_name, register.resident_history, register.feed_order,"
                + " register.receipt, register.clerk, register.feed_state");
        execute("insert into register.feed_state (phase) values ('EMPTY')");
        primary = new PrimaryDatabase();
        feed = new FeedPass(
                primary.settings(),
                DATABASE.database().dataSource(),
                clock,
                guard,
                keys -> Map.of(APPLIED, EntryState.APPLIED, OPEN, EntryState.OPEN, DROPPED, EntryState.DROPPED));
        blocks = new BlockPath(primary.settings(), DATABASE.database().dataSource(), clock);
        orders = new FeedOrders(DATABASE.database().dataSource(), clock);
        feed.run();
    }

    @AfterEach
    void close() {
        feed.close();
        blocks.close();
    }

    @Test
    void takesTheWholeRegisterWithSearchFormsAndClerksAtFirst() throws Exception {
        assertThat(status().phase()).isEqualTo(FeedPhase.RUNNING);
        assertThat(status().residents()).isEqualTo(1000);
        assertThat(status().asOf()).isEqualTo(now);
        assertThat(column("select part from register.resident_name where om = '1002' order by part"))
                .containsExactly("GRAF", "GRAFVONNEUENWALDE", "NEUENWALDE", "VON");
        assertThat(column("select part from register.resident_name where om = '1003' order by kind"))
                .containsExactly("OCONNOR", "WEISS");
        assertThat(column("select kennung from register.clerk where 'sperre.sehen' = any(rechte)"))
                .containsExactly("e.beispiel");
    }

    @Test
    void keepsItsIndexesAndKeysWhenItLoadsAgain() throws Exception {
        var before = column("select indexdef from pg_indexes where schemaname = 'register' order by 1");

        orders.order(FeedOrders.Kind.RELOAD, "test", "operator", null);
        feed.run();

        assertThat(column("select indexdef from pg_indexes where schemaname = 'register' order by 1"))
                .isEqualTo(before);
        assertThat(column("select conname from pg_constraint where conrelid = 'register.resident'::regclass"
                        + " and contype = 'p'"))
                .containsExactly("resident_pkey");
    }

    @Test
    void readsWhatChangedAndKeepsWhatItWas() throws Exception {
        primary.execute(
                "update resident_of_primary set familienname = 'Schäfer', strasse = 'Neuer Weg' where om = '1005'");
        primary.execute("insert into resident_of_primary (om, familienname, vornamen, geburtsdatum)"
                + " values ('5000', 'Ğül', 'Ayşe', '2019-09-24')");
        feed.run();

        assertThat(column("select strasse from register.resident where om = '1005'"))
                .containsExactly("Neuer Weg");
        assertThat(column("select part from register.resident_name where om = '1005'"))
                .contains("SCHAEFER");
        assertThat(column("select part from register.resident_name where om = '5000'"))
                .containsExactly("GUEL");
        assertThat(status().residents()).isEqualTo(1001);
        assertThat(column("select before->>'strasse' from register.resident_history where om = '1005'"))
                .containsExactly("Lange Straße");
        assertThat(column("select om from register.resident_history where before is null"))
                .containsExactly("5000");
    }

    @Test
    void missesNothingOfATransactionThatWasStillOpenWhenItRead() throws Exception {
        try (var slow = primary.connection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("update resident_of_primary set strasse = 'Spät' where om = '1007'");
            primary.execute("update resident_of_primary set strasse = 'Früh' where om = '1008'");
            feed.run();
            feed.run();
            slow.commit();
        }
        primary.execute("update resident_of_primary set strasse = 'Danach' where om = '1009'");
        feed.run();

        assertThat(column("select strasse from register.resident where om in ('1007', '1008', '1009') order by om"))
                .containsExactly("Spät", "Früh", "Danach");
        assertThat(status().changes()).isEqualTo(3);
    }

    @Test
    void findsADeletionByTheCompleteDifferenceAndNamesIt() throws Exception {
        primary.execute("delete from resident_of_primary where om = '1010'");
        execute("update register.resident set ort = 'Falsch' where om = '1011'");
        execute("delete from register.resident where om = '1012'");
        long order = orders.order(FeedOrders.Kind.COMPARE, "test", "operator", null);
        feed.run();

        assertThat(orders.result(order)).get().asString().startsWith("3 of 999 records differed");
        assertThat(Objects.requireNonNull(status().comparison()).named())
                .containsExactlyInAnyOrder(
                        new Comparison.Difference("1010", Comparison.Kind.SURPLUS),
                        new Comparison.Difference("1011", Comparison.Kind.DIFFERENT),
                        new Comparison.Difference("1012", Comparison.Kind.MISSING));
        orders.order(FeedOrders.Kind.COMPARE, "test", "operator", null);
        feed.run();
        assertThat(Objects.requireNonNull(status().comparison()).equal()).isTrue();
        assertThat(column("select om from register.resident_name where om = '1010'"))
                .isEmpty();
    }

    @Test
    void stopsAtAMassChangeAndAsks() throws Exception {
        guard.refusal = Optional.of("500 of 1000 records lost a field");
        primary.execute("update resident_of_primary set strasse = '' where om < '1500'");
        feed.run();
        feed.run();

        assertThat(status().phase()).isEqualTo(FeedPhase.STOPPED);
        assertThat(status().reason()).isEqualTo("500 of 1000 records lost a field");
        assertThat(guard.seen).singleElement().satisfies(change -> {
            assertThat(change.total()).isEqualTo(1000);
            assertThat(change.emptied()).isEqualTo(499);
            assertThat(change.moved()).isEqualTo(499);
        });
        assertThat(column("select count(*)::text from register.resident where strasse = ''"))
                .containsExactly("0");
    }

    @Test
    void readsAMassChangeThatAPersonAccepts() throws Exception {
        guard.refusal = Optional.of("too much");
        primary.execute("update resident_of_primary set strasse = 'Neu' where om < '1500'");
        feed.run();

        guard.refusal = Optional.empty();
        orders.order(FeedOrders.Kind.ACCEPT, "streets were renamed", "operator", null);
        feed.run();

        assertThat(guard.acceptedBy).isEqualTo("operator");
        assertThat(status().phase()).isEqualTo(FeedPhase.RUNNING);
        assertThat(column("select count(*)::text from register.resident where strasse = 'Neu'"))
                .containsExactly("499");
    }

    @Test
    void hidesAPersonAtOnceEvenWhileTheFeedIsHeld() throws Exception {
        orders.order(FeedOrders.Kind.HOLD, "update of the primary", "operator", null);
        feed.run();
        primary.execute("update resident_of_primary set auskunftssperre = true, sperre_grund = 'Gefahr',"
                + " strasse = 'Geheim' where om = '1020'");
        feed.run();
        blocks.pass();

        assertThat(column("select auskunftssperre || ' ' || strasse from register.resident where om = '1020'"))
                .containsExactly("true Lange Straße");
    }

    @Test
    void doesNotLiftAFreshBlockWithAnOlderVersionOfTheRecord() throws Exception {
        primary.execute("update resident_of_primary set strasse = 'Version 2' where om = '1021'");
        execute("update register.resident set auskunftssperre = true, sperre_stand = 3 where om = '1021'");
        feed.run();
        assertThat(column("select auskunftssperre || ' ' || strasse from register.resident where om = '1021'"))
                .containsExactly("true Version 2");

        primary.execute("update resident_of_primary set strasse = 'Version 3' where om = '1021'");
        feed.run();
        assertThat(column("select auskunftssperre || ' ' || strasse from register.resident where om = '1021'"))
                .containsExactly("false Version 3");
    }

    @Test
    void leavesABlockThatWasSetOnTheStandby() throws Exception {
        execute("update register.resident set sperre_vorlaeufig = true where om = '1022'");
        primary.execute("update resident_of_primary set strasse = 'Neuer Weg' where om = '1022'");
        feed.run();

        assertThat(column("select sperre_vorlaeufig || ' ' || strasse from register.resident where om = '1022'"))
                .containsExactly("true Neuer Weg");
    }

    @Test
    void letsGoOfAProvisionalActOnceThePrimaryHasIt() throws Exception {
        execute("update register.resident set sperre_vorlaeufig = true where om in ('1023', '1024')");
        execute("insert into register.receipt (vorgang, number, operation, om, login, office, received, payload) values"
                + " ('" + APPLIED + "', 1, 'register.block', '1023', 'x', 'x', now(), '{}'),"
                + " ('" + OPEN + "', 2, 'register.block', '1024', 'x', 'x', now(), '{}'),"
                + " ('" + DROPPED + "', 3, 'register.move', '1025', 'x', 'x', now(), '{}')");
        primary.execute("update resident_of_primary set auskunftssperre = true, sperre_grund = 'x' where om = '1023'");
        feed.run();

        assertThat(column("select om || auskunftssperre || sperre_vorlaeufig from register.resident"
                        + " where om in ('1023', '1024') order by om"))
                .containsExactly("1023truefalse", "1024falsetrue");
        assertThat(column("select vorgang from register.receipt where closed_at is null"))
                .containsExactly(OPEN);
        assertThat(column("select vorgang from register.receipt where dropped")).containsExactly(DROPPED);
    }

    @Test
    void goesBackToWhatTheRegisterWasBeforeAMistake() throws Exception {
        var good = now;
        now = now.plusSeconds(60);
        primary.execute(
                "update resident_of_primary set strasse = 'Verdreht', familienname = 'Falsch' where om < '1005'");
        primary.execute("insert into resident_of_primary (om, familienname, vornamen, geburtsdatum)"
                + " values ('5001', 'Phantom', 'Nie', '2019-09-24')");
        feed.run();
        now = now.plusSeconds(60);
        primary.execute("update resident_of_primary set strasse = 'Noch falscher' where om = '1001'");
        feed.run();

        orders.order(FeedOrders.Kind.GO_BACK, "a script went wrong", "operator", good);
        feed.run();

        assertThat(status().phase()).isEqualTo(FeedPhase.HELD);
        assertThat(status().residents()).isEqualTo(1000);
        assertThat(column("select distinct strasse from register.resident")).containsExactly("Lange Straße");
        assertThat(column("select part from register.resident_name where om = '1001'"))
                .containsExactly("MEIERLUEDENSCHEIDT");
    }

    @Test
    void goingBackLiftsNoBlock() throws Exception {
        var good = now;
        now = now.plusSeconds(60);
        primary.execute(
                "update resident_of_primary set auskunftssperre = true, sperre_grund = 'Gefahr', strasse = 'Verdreht'"
                        + " where om = '1031'");
        primary.execute("update resident_of_primary set strasse = 'Verdreht' where om = '1032'");
        feed.run();
        execute("update register.resident set sperre_vorlaeufig = true where om = '1032'");

        orders.order(FeedOrders.Kind.GO_BACK, "a script went wrong", "operator", good);
        feed.run();

        assertThat(column("select strasse || ' ' || auskunftssperre || ' ' || coalesce(sperre_grund, '') || ' '"
                        + " || sperre_vorlaeufig from register.resident where om in ('1031', '1032') order by om"))
                .containsExactly("Lange Straße true Gefahr false", "Lange Straße false  true");
    }

    @Test
    void asksBeforeManyClerksCannotLogInAnyMore() throws Exception {
        primary.execute("insert into clerk_of_primary select 'k' || n, 'K', 'Mitte', '{clerk}', '{sperre.sehen}', true"
                + " from generate_series(1, 40) n");
        feed.run();
        assertThat(column("select count(*)::text from register.clerk")).containsExactly("42");
        primary.execute("update clerk_of_primary set rechte = '{}' where kennung like 'k%'");

        feed.run();

        assertThat(status().phase()).isEqualTo(FeedPhase.STOPPED);
        assertThat(status().reason()).contains("40 of 42 clerks would lose their log-in or a right");
        assertThat(column("select count(*)::text from register.clerk where 'sperre.sehen' = any(rechte)"))
                .containsExactly("41");

        orders.order(FeedOrders.Kind.ACCEPT, "rights are ordered anew", "operator", null);
        feed.run();
        assertThat(guard.acceptedBy).as("nothing was asked of residents").isEmpty();
        assertThat(status().phase()).isEqualTo(FeedPhase.RUNNING);
        assertThat(column("select count(*)::text from register.clerk where 'sperre.sehen' = any(rechte)"))
                .containsExactly("1");
    }

    @Test
    void aYesToNothingChangesNothing() throws Exception {
        long order = orders.order(FeedOrders.Kind.ACCEPT, "just so", "operator", null);
        feed.run();

        assertThat(orders.result(order)).get().asString().startsWith("not accepted");
        assertThat(guard.acceptedBy).isNotEqualTo("operator");
    }

    @Test
    void refusesToGoBackFurtherThanItsHistory() throws Exception {
        long order = orders.order(FeedOrders.Kind.GO_BACK, "test", "operator", now.minusSeconds(25 * 3600));
        feed.run();

        assertThat(orders.result(order)).get().asString().startsWith("refused");
    }

    @Test
    void takesOverRightsThatWereTakenAway() throws Exception {
        primary.execute("update clerk_of_primary set rechte = '{}' where kennung = 'e.beispiel'");
        primary.execute("delete from clerk_of_primary where kennung = 'm.muster'");
        feed.run();

        assertThat(column("select kennung || rechte::text from register.clerk")).containsExactly("e.beispiel{}");
    }

    @Test
    void failsQuicklyWhenThePrimaryIsAway() throws Exception {
        var away = new FeedSettings(
                "jdbc:postgresql://127.0.0.1:1/none",
                "u",
                "p",
                primary.settings().interval(),
                primary.settings().blockInterval(),
                primary.settings().differenceInterval(),
                primary.settings().connectTimeout(),
                primary.settings().readTimeout(),
                primary.settings().bulkTimeout(),
                primary.settings().history());
        try (var pass = new FeedPass(away, DATABASE.database().dataSource(), clock, guard, keys -> Map.of())) {
            assertThatThrownBy(pass::run).isInstanceOf(SQLException.class);
        }
        assertThat(status().phase()).isEqualTo(FeedPhase.RUNNING);
    }

    private static FeedStatus status() throws SQLException {
        try (var connection = DATABASE.database().connection()) {
            return FeedStore.read(connection);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DATABASE.database().connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> column(String sql) throws SQLException {
        try (var connection = DATABASE.database().connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Refuses as it is told, and remembers what it was asked. */
    private static final class TestGuard implements MassChangeGuard {
        private Optional<String> refusal = Optional.empty();
        private final List<FeedChange> seen = new ArrayList<>();
        private String acceptedBy = "";

        @Override
        public Optional<String> apply(FeedChange change) {
            seen.add(change);
            return refusal;
        }

        @Override
        public void accept(String actor) {
            acceptedBy = actor;
        }
    }
}
