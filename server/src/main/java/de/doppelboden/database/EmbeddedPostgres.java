package de.doppelboden.database;

import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own: started, or adopted when an earlier process of ours left it behind. Listens on
 * 127.0.0.1 and in a folder of its own, asks for passwords always, and is durable whatever its configuration file says.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    static final String ADMINISTRATOR = "administrator";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int TRIES = 600;
    private static final int TRY_MILLIS = 50;
    private static final int FAST_STOP_SECONDS = 20;
    private static final int QUIT_SECONDS = 5;

    private final EmbeddedSettings settings;
    private final ProcessHandle server;
    private final boolean adopted;

    private EmbeddedPostgres(EmbeddedSettings settings, ProcessHandle server, boolean adopted) {
        this.settings = settings;
        this.server = server;
        this.adopted = adopted;
    }

    /** Whether there is a cluster already, made by an earlier start. */
    public static boolean exists(EmbeddedSettings settings) {
        return Cluster.exists(settings);
    }

    /** Starts or adopts the server, and returns when it answers and its database exists. */
    public static EmbeddedPostgres start(EmbeddedSettings settings, SecureRandom random) throws IOException {
        Cluster cluster = Cluster.prepare(settings, random);
        String password = DataFolder.secret(settings.passwordFile(), random);
        Optional<EmbeddedPostgres> adopted = adopt(settings, cluster);
        EmbeddedPostgres postgres = adopted.isPresent() ? adopted.get() : launch(settings, cluster);
        try {
            postgres.prepareDatabase(password);
        } catch (SQLException e) {
            postgres.close();
            throw new IOException("the database server started, but cannot be used: " + e.getMessage(), e);
        }
        return postgres;
    }

    public long pid() {
        return server.pid();
    }

    public boolean isAlive() {
        return Running.is(server);
    }

    /** True when the server was running already. */
    public boolean adopted() {
        return adopted;
    }

    public int port() {
        return settings.port();
    }

    /** The database that was made for the product, as its owner. */
    public Access access() throws IOException {
        return Access.local(settings.port(), settings.database(), settings.database(), settings.passwordFile());
    }

    /** A database of this server, as the role that may do everything; for making databases and roles. */
    public Access administrator(String database) throws IOException {
        return Access.local(settings.port(), database, ADMINISTRATOR, settings.administratorPasswordFile());
    }

    /** Waits until the server has ended, at most the given time; true when it has. */
    public boolean awaitExit(long millis) throws InterruptedException {
        return Running.awaitEnd(server, millis);
    }

    /** Ends connections and the server at once, without losing what is committed. */
    @Override
    public void close() {
        stop(server);
    }

    private static void stop(ProcessHandle server) {
        try {
            signal(server, "INT");
            if (Running.awaitEnd(server, TimeUnit.SECONDS.toMillis(FAST_STOP_SECONDS))) {
                return;
            }
            LOG.warn("The database server {} does not end; it is told to quit", server.pid());
            signal(server, "QUIT");
            if (!Running.awaitEnd(server, TimeUnit.SECONDS.toMillis(QUIT_SECONDS))) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** PostgreSQL's fast shutdown is SIGINT, which the JDK cannot send. */
    private static void signal(ProcessHandle process, String signal) throws InterruptedException {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static Optional<EmbeddedPostgres> adopt(EmbeddedSettings settings, Cluster cluster) throws IOException {
        Optional<PostmasterFile> left = PostmasterFile.read(cluster.data());
        if (left.isEmpty()) {
            return Optional.empty();
        }
        Optional<ProcessHandle> server = left.get().server(cluster.data());
        if (server.isEmpty()) {
            Files.deleteIfExists(cluster.data().resolve(PostmasterFile.NAME));
            return Optional.empty();
        }
        EmbeddedPostgres postgres = new EmbeddedPostgres(settings, server.get(), true);
        if (left.get().port() == settings.port() && postgres.answersAsConfigured()) {
            LOG.info(
                    "Adopted the database server {} that was left running",
                    server.get().pid());
            return Optional.of(postgres);
        }
        LOG.info(
                "Stopping the database server {} that was left running",
                server.get().pid());
        stop(server.get());
        return Optional.empty();
    }

    private boolean answersAsConfigured() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_size_bytes(current_setting('shared_buffers')),"
                        + " current_setting('max_connections')")) {
            row.next();
            return row.getLong(1) == settings.sharedBuffers().bytes() && row.getInt(2) == settings.connections();
        } catch (SQLException | IOException e) {
            LOG.info("The database server that was left running does not answer: {}", e.getMessage());
            return false;
        }
    }

    private static EmbeddedPostgres launch(EmbeddedSettings settings, Cluster cluster) throws IOException {
        Path folder = settings.log().toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        ProcessBuilder builder = cluster.process(command(settings, cluster));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()));
        long logged = Files.exists(settings.log()) ? Files.size(settings.log()) : 0;
        Process process = builder.start();
        process.getOutputStream().close();
        EmbeddedPostgres postgres = new EmbeddedPostgres(settings, process.toHandle(), false);
        try {
            for (int i = 0; i < TRIES; i++) {
                if (process.waitFor(TRY_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the database server did not start: " + tail(settings.log(), logged));
                }
                if (postgres.answers()) {
                    return postgres;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postgres.close();
        throw new IOException("the database server does not answer: " + tail(settings.log(), logged));
    }

    /** On the command line, because nothing in the cluster can change what stands there. */
    private static List<String> command(EmbeddedSettings settings, Cluster cluster) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("postgres", "-D", cluster.data().toString()));
        String sockets = cluster.sockets().map(Path::toString).orElse("");
        for (String setting : List.of(
                "port=" + settings.port(),
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=" + sockets,
                "unix_socket_permissions=0700",
                "password_encryption=scram-sha-256",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "shared_buffers=" + settings.sharedBuffers().bytes() / 1024 + "kB",
                "max_connections=" + settings.connections(),
                "io_method=sync",
                "jit=off",
                "max_parallel_workers_per_gather=1",
                "autovacuum_max_workers=2",
                "max_wal_size=1GB",
                "checkpoint_timeout=15min",
                "log_line_prefix=%m [%p] ",
                "timezone=UTC",
                "log_timezone=UTC")) {
            command.add("-c");
            command.add(setting);
        }
        return command;
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private Connection connect(String database) throws SQLException, IOException {
        Access access = administrator(database);
        Properties properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("ApplicationName", "doppelboden supervisor");
        return DriverManager.getConnection(access.url(), properties);
    }

    private void prepareDatabase(String password) throws SQLException, IOException {
        String name = settings.database();
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            Durability.check(connection);
            if (!exists(statement, "select 1 from pg_roles where rolname = '" + name + "'")) {
                statement.execute("create role " + name + " login");
            }
            String literal = statement.enquoteLiteral(password);
            statement.execute("alter role " + name + " password " + literal);
            if (!exists(statement, "select 1 from pg_database where datname = '" + name + "'")) {
                statement.execute("create database " + name + " owner " + name);
                statement.execute("revoke all on database " + name + " from public");
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String tail(Path log, long from) throws IOException {
        byte[] all = Files.readAllBytes(log);
        int start = (int) Math.max(Math.min(from, all.length), all.length - 2_000L);
        return new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
    }
}
