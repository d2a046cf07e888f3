package de.doppelboden.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Everything about who somebody is, over one database and one folder of keys. Made once in a process. Any thread. */
public final class Identity {

    /** Where the one-time password of the first log-in lies, below the folder of keys. */
    public static final String FIRST_LOG_IN = "first-login.txt";

    /** Log-ins of the model city, below the folder of keys. */
    public static final String DEMONSTRATION = "demonstration-logins.txt";

    private static final int HASHES_AT_ONCE = 2;
    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_BYTES = 12;
    private static final String ADMINISTRATOR = "verwaltung";

    private final DataSource database;
    private final Path keys;
    private final byte[] key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final PasswordHasher hasher;
    private final Accounts accounts;
    private final Authenticator authenticator;

    private Identity(DataSource database, Path keys, byte[] key, byte[] pepper, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.key = key;
        this.clock = clock;
        this.hasher = new PasswordHasher(pepper, random, HASHES_AT_ONCE);
        this.accounts = new Accounts(database, hasher, clock, keys.resolve(FIRST_LOG_IN));
        this.authenticator = new LocalAccounts(accounts, hasher, new LogInLimits(clock));
    }

    /**
     * Opens it; makes {@code identity.key} and {@code pepper.key} if they are missing. The database may be away.
     *
     * @param keys the folder {@code data/keys}
     */
    public static Identity open(DataSource database, Path keys, InstantSource clock) throws IOException {
        byte[] key = secretFile(keys.resolve("identity.key"));
        byte[] pepper = secretFile(keys.resolve("pepper.key"));
        return new Identity(database, keys, key, pepper, clock);
    }

    public Accounts accounts() {
        return accounts;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    public IdentitySignature signature() {
        return new IdentitySignature(key, clock);
    }

    public FormTokens formTokens() {
        return new FormTokens(key);
    }

    /** @param purpose tokens of one purpose are no good for another */
    public Sessions sessions(String purpose, Duration idle) {
        return new Sessions(key, purpose, idle, database, clock, random);
    }

    /** @param known how long a verified log-in is remembered */
    public RememberedLogins remembered(String service, Duration known) {
        return new RememberedLogins(service, known, database, hasher, clock);
    }

    /** Reads people into memory, so that they can log in while the database is away; called every few seconds. */
    public void refresh() throws SQLException {
        accounts.refresh();
    }

    /**
     * If there is nobody yet, creates the administrator with a one-time password, written to {@value #FIRST_LOG_IN} for
     * the launcher to print once. Empty if there are people already.
     */
    public Optional<FirstLogIn> firstStart() throws IOException, SQLException {
        accounts.refresh();
        if (!accounts.all().isEmpty()) {
            return Optional.empty();
        }
        FirstLogIn first = new FirstLogIn(ADMINISTRATOR, Sessions.secret(random, PASSWORD_BYTES));
        Person person = new Person(ADMINISTRATOR, "Erste Anmeldung", "", Set.of(Role.OPERATOR), true, true);
        if (!(accounts.create(person, first.password()) instanceof Accounts.Change.Done)) {
            return Optional.empty();
        }
        Path file = keys.resolve(FIRST_LOG_IN);
        Files.deleteIfExists(file);
        write(file, (first.login() + "\n" + first.password() + "\n").getBytes(StandardCharsets.UTF_8));
        return Optional.of(first);
    }

    /**
     * One log-in for each role, for the model city and never for a real one. The passwords are made once and kept in
     * {@value #DEMONSTRATION}.
     *
     * @return log-in names and passwords, in the order of the roles
     */
    public Map<String, String> seedDemonstration() throws IOException, SQLException {
        Path file = keys.resolve(DEMONSTRATION);
        if (!Files.exists(file)) {
            StringBuilder lines = new StringBuilder();
            for (DemonstrationPerson demo : DemonstrationPerson.values()) {
                lines.append(demo.login())
                        .append(' ')
                        .append(Sessions.secret(random, PASSWORD_BYTES))
                        .append('\n');
            }
            write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        Map<String, String> made = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            made.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        accounts.refresh();
        for (DemonstrationPerson demo : DemonstrationPerson.values()) {
            if (accounts.find(demo.login()).isPresent()) {
                continue; // hashing her password again would cost a tenth of a second
            }
            accounts.create(demo.person(), made.getOrDefault(demo.login(), Sessions.secret(random, PASSWORD_BYTES)));
        }
        return made;
    }

    /** A password that a person gets from somebody else, to be changed at her first log-in. */
    public String oneTimePassword() {
        return Sessions.secret(random, PASSWORD_BYTES);
    }

    /** The log-in that the first start made. */
    public record FirstLogIn(String login, String password) {
        @Override
        public String toString() {
            return login;
        }
    }

    private static byte[] secretFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path made = file.resolveSibling(
                    file.getFileName() + "." + ProcessHandle.current().pid());
            write(made, fresh);
            try {
                Files.createLink(file, made);
            } catch (FileAlreadyExistsException e) {
                // Another process was first: its key counts.
            } finally {
                Files.delete(made);
            }
        }
        return Files.readAllBytes(file);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content, StandardOpenOption.WRITE);
    }
}
