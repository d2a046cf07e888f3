package de.doppelboden.identity;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.with("identity");

    @TempDir
    Path keys;

    private final SetClock clock = new SetClock(Instant.parse("2026-11-24T10:00:00Z"));
    private Away database;
    private Identity identity;

    @BeforeEach
    void begin() throws Exception {
        database = new Away(DATABASE.database().dataSource());
        new Rows(database)
                .update("truncate identity.person, identity.revocation, identity.expulsion, identity.remembered");
        identity = Identity.open(database, keys, clock);
    }

    @Test
    void theFirstStartMakesOneAdministratorWhoMustChooseHerOwnPassword() throws Exception {
        Identity.FirstLogIn first = identity.firstStart().orElseThrow();

        assertThat(identity.firstStart()).isEmpty();
        Path file = keys.resolve(Identity.FIRST_LOG_IN);
        assertThat(Files.readAllLines(file)).containsExactly(first.login(), first.password());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(accepted(first.login(), first.password()).mustChange()).isTrue();

        var change = identity.accounts().changePassword(first.login(), first.password(), "drei kleine Möwen");

        assertThat(change).isInstanceOf(Accounts.Change.Done.class);
        assertThat(accepted(first.login(), "drei kleine Möwen").mustChange()).isFalse();
        assertThat(logIn(first.login(), first.password())).isInstanceOf(LogIn.Refused.class);
        assertThat(file).as("a used one-time password is not kept").doesNotExist();
    }

    @Test
    void aWrongPasswordAnUnknownNameAndADisabledPersonAreRefusedAlike() {
        create("demir", Role.CLERK);
        create("petersen", Role.OPERATOR);
        create("falk", Role.AUDITOR);
        identity.accounts().setActive("falk", false);

        assertThat(logIn("demir", "falsch")).isEqualTo(new LogIn.Refused());
        assertThat(logIn("niemand", "falsch")).isEqualTo(new LogIn.Refused());
        assertThat(logIn("falk", "vier große Kraniche")).isEqualTo(new LogIn.Refused());
        assertThat(accepted(" Demir ", "vier große Kraniche").roles()).containsExactly(Role.CLERK);
    }

    @Test
    void peopleCanLogInWhileTheDatabaseIsAwayAndNothingIsChangedThen() throws Exception {
        create("demir", Role.CLERK);
        identity.refresh();

        database.go();

        assertThat(accepted("demir", "vier große Kraniche").name()).isEqualTo("Frau demir");
        assertThat(logIn("demir", "falsch")).isInstanceOf(LogIn.Refused.class);
        assertThat(identity.accounts().all()).hasSize(1);
        assertThat(identity.accounts().setActive("demir", false)).isInstanceOf(Accounts.Change.NotNow.class);
    }

    @Test
    void afterFiveWrongPasswordsTheRightOneHasToWaitAsWell() {
        create("demir", Role.CLERK);
        for (int i = 0; i < 5; i++) {
            logIn("demir", "falsch");
        }

        assertThat(logIn("demir", "vier große Kraniche")).isInstanceOf(LogIn.Throttled.class);
        clock.forward(Duration.ofMinutes(15));
        assertThat(logIn("demir", "vier große Kraniche")).isInstanceOf(LogIn.Accepted.class);
    }

    @Test
    void theLastOperatorCannotBeDisabled() {
        create("petersen", Role.OPERATOR);

        assertThat(identity.accounts().setActive("petersen", false))
                .isEqualTo(new Accounts.Change.Rejected(Accounts.Change.Field.LAST_OPERATOR));
    }

    @Test
    void namesAreCheckedAndTakenOnce() {
        create("demir", Role.CLERK);

        assertThat(change("demir")).isEqualTo(new Accounts.Change.Rejected(Accounts.Change.Field.LOGIN_TAKEN));
        for (String wrong :
                new String[] {"", "A", "mit leer", "x'; drop table identity.person; --", "ü", "a".repeat(65)}) {
            assertThat(change(wrong)).isEqualTo(new Accounts.Change.Rejected(Accounts.Change.Field.LOGIN_FORM));
        }
    }

    @Test
    void theModelCityHasOneLogInForEachRoleAndTheSameAtTheNextStart() throws Exception {
        var first = identity.seedDemonstration();
        var second = Identity.open(database, keys, clock).seedDemonstration();

        assertThat(first).hasSize(Role.values().length).isEqualTo(second);
        first.forEach((login, password) ->
                assertThat(accepted(login, password).mustChange()).isFalse());
    }

    @Test
    void keysAreMadeOnceAndForTheOwnerOnly() throws Exception {
        byte[] key = Files.readAllBytes(keys.resolve("identity.key"));

        Identity.open(database, keys, clock);

        assertThat(Files.readAllBytes(keys.resolve("identity.key")))
                .isEqualTo(key)
                .hasSize(32);
        for (String name : new String[] {"identity.key", "pepper.key"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    private Accounts.Change change(String login) {
        return identity.accounts()
                .create(new Person(login, "X", "", Set.of(Role.CLERK), false, true), "vier große Kraniche");
    }

    private void create(String login, Role role) {
        var change = identity.accounts()
                .create(
                        new Person(login, "Frau " + login, "Bürgeramt Mitte", Set.of(role), false, true),
                        "vier große Kraniche");
        assertThat(change).isInstanceOf(Accounts.Change.Done.class);
    }

    private LogIn logIn(String login, String password) {
        return identity.authenticator().logIn(login, password, "10.0.0.1");
    }

    private Person accepted(String login, String password) {
        LogIn logIn = logIn(login, password);
        assertThat(logIn).isInstanceOf(LogIn.Accepted.class);
        return ((LogIn.Accepted) logIn).person();
    }
}
