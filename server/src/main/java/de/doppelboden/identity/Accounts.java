package de.doppelboden.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people and their passwords. Reads are answered from the last known copy while the database is away; changes are
 * refused then. Any thread.
 */
public final class Accounts {

    /** The shortest password that a person may choose; length beats signs (BSI ORP.4). */
    public static final int SHORTEST_PASSWORD = 12;

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final int MOST_PEOPLE = 10_000;
    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");

    private final Rows rows;
    private final PasswordHasher hasher;
    private final InstantSource clock;
    private final Path firstLogIn;
    private volatile Map<String, Account> copy = Map.of();

    Accounts(DataSource database, PasswordHasher hasher, InstantSource clock, Path firstLogIn) {
        this.firstLogIn = firstLogIn;
        this.rows = new Rows(database);
        this.hasher = hasher;
        this.clock = clock;
    }

    /** What became of a wish to change something. */
    public sealed interface Change {

        /** It is stored. */
        record Done(Person person) implements Change {}

        /** It cannot be; {@code field} names what is wrong. */
        record Rejected(Field field) implements Change {}

        /** The database is away, or all places for hashing stayed taken. */
        record NotNow(String reason) implements Change {}

        /** What may be wrong. */
        enum Field {
            LOGIN_FORM,
            LOGIN_TAKEN,
            NAME,
            OFFICE,
            ROLES,
            PASSWORD_SHORT,
            PASSWORD_WRONG,
            LAST_OPERATOR,
            NOBODY
        }
    }

    /** All people, by log-in name. */
    public List<Person> all() {
        try {
            refresh();
        } catch (SQLException e) {
            // The database is away: the last known copy is the answer.
        }
        return copy.values().stream().map(Account::person).toList();
    }

    public Optional<Person> find(String login) {
        return account(login).map(Account::person);
    }

    /** Stores a new person, who must change the password at her first log-in. */
    public Change create(Person person, String password) {
        if (!LOGIN.matcher(person.login()).matches()) {
            return new Change.Rejected(Change.Field.LOGIN_FORM);
        }
        if (person.name().isBlank() || person.name().length() > 200) {
            return new Change.Rejected(Change.Field.NAME);
        }
        if (person.office().length() > 200) {
            return new Change.Rejected(Change.Field.OFFICE);
        }
        if (person.roles().isEmpty()) {
            return new Change.Rejected(Change.Field.ROLES);
        }
        Optional<String> hash = hasher.hash(password);
        if (hash.isEmpty()) {
            return new Change.NotNow("all places for hashing passwords are taken");
        }
        try {
            Instant now = clock.instant();
            int stored = rows.update(
                    """
                    insert into identity.person (login, name, office, roles, password, must_change, active, created, changed)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                    """,
                    person.login(),
                    person.name().strip(),
                    person.office().strip(),
                    names(person.roles()),
                    hash.get(),
                    person.mustChange(),
                    person.active(),
                    now,
                    now);
            refresh();
            return stored == 0 ? new Change.Rejected(Change.Field.LOGIN_TAKEN) : new Change.Done(person);
        } catch (SQLException e) {
            return new Change.NotNow(unavailable(e));
        }
    }

    /** Lets somebody in again, or no longer. The last operator stays. */
    public Change setActive(String login, boolean active) {
        try {
            refresh();
            Account account = copy.get(login);
            if (account == null) {
                return new Change.Rejected(Change.Field.NOBODY);
            }
            if (!active && lastOperator(account.person)) {
                return new Change.Rejected(Change.Field.LAST_OPERATOR);
            }
            rows.update("update identity.person set active = ?, changed = ? where login = ?", active, now(), login);
            refresh();
            return new Change.Done(account.person);
        } catch (SQLException e) {
            return new Change.NotNow(unavailable(e));
        }
    }

    /** She chooses a password of her own. */
    public Change changePassword(String login, String old, String fresh) {
        if (fresh.length() < SHORTEST_PASSWORD || fresh.equals(old)) {
            return new Change.Rejected(Change.Field.PASSWORD_SHORT);
        }
        Optional<Account> account = account(login).filter(found -> found.person.active());
        Optional<Boolean> right =
                account.isPresent() ? hasher.matches(old, account.get().password) : hasher.matchesNobody(old);
        if (right.isPresent() && !right.get()) {
            return new Change.Rejected(Change.Field.PASSWORD_WRONG);
        }
        Change change =
                right.isEmpty() ? new Change.NotNow("all places for hashing are taken") : store(login, fresh, false);
        if (change instanceof Change.Done) {
            deleteOneTimePassword(login);
        }
        return change;
    }

    private void deleteOneTimePassword(String login) {
        try {
            if (Files.exists(firstLogIn) && Files.readAllLines(firstLogIn).contains(login)) {
                Files.delete(firstLogIn);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be deleted; its password is no longer good: {}", firstLogIn, e.getMessage());
        }
    }

    /** Somebody else gives her a password, to be changed at the next log-in. */
    public Change resetPassword(String login, String fresh) {
        return store(login, fresh, true);
    }

    /** Reads everybody into memory; called every few seconds. */
    void refresh() throws SQLException {
        Map<String, Account> fresh = new LinkedHashMap<>();
        rows.query(
                        Accounts::account,
                        "select login, name, office, roles, password, must_change, active from identity.person"
                                + " order by login limit " + MOST_PEOPLE)
                .forEach(account -> fresh.put(account.person.login(), account));
        copy = fresh;
    }

    /** From memory, because a log-in must not wait for a database that is away; the database is asked on a miss only. */
    Optional<Account> account(String login) {
        Account known = copy.get(normal(login));
        if (known != null) {
            return Optional.of(known);
        }
        try {
            refresh();
        } catch (SQLException e) {
            // The database is away: the last known copy is the answer.
        }
        return Optional.ofNullable(copy.get(normal(login)));
    }

    static String normal(String login) {
        return login.strip().toLowerCase(Locale.ROOT);
    }

    private Change store(String login, String password, boolean mustChange) {
        Optional<String> hash = hasher.hash(password);
        if (hash.isEmpty()) {
            return new Change.NotNow("all places for hashing passwords are taken");
        }
        try {
            int changed = rows.update(
                    "update identity.person set password = ?, must_change = ?, changed = ? where login = ?",
                    hash.get(),
                    mustChange,
                    now(),
                    login);
            refresh();
            Account account = copy.get(login);
            return changed == 0 || account == null
                    ? new Change.Rejected(Change.Field.NOBODY)
                    : new Change.Done(account.person);
        } catch (SQLException e) {
            return new Change.NotNow(unavailable(e));
        }
    }

    private boolean lastOperator(Person person) {
        return person.is(Role.OPERATOR)
                && copy.values().stream()
                        .map(Account::person)
                        .noneMatch(other -> other.active()
                                && other.is(Role.OPERATOR)
                                && !other.login().equals(person.login()));
    }

    private Instant now() {
        return clock.instant();
    }

    private static String unavailable(SQLException e) {
        return "the database does not answer (" + e.getSQLState() + ")";
    }

    private static String[] names(Set<Role> roles) {
        return roles.stream().map(Role::name).sorted().toArray(String[]::new);
    }

    private static Account account(ResultSet row) throws SQLException {
        Set<Role> roles = Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        Person person = new Person(
                row.getString("login"),
                row.getString("name"),
                row.getString("office"),
                roles,
                row.getBoolean("must_change"),
                row.getBoolean("active"));
        return new Account(person, row.getString("password"));
    }

    /** A person and the hash of her password. */
    record Account(Person person, String password) {
        @Override
        public String toString() {
            return person.login();
        }
    }
}
