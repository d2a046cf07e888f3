package de.doppelboden.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import javax.sql.DataSource;

/**
 * A small pool of connections to a database, which may come and go. Waiting is bounded: for a connection by two
 * seconds, for an answer by the limit that the pool was opened with.
 */
public final class Database implements AutoCloseable {

    private static final Duration WAIT = Duration.ofSeconds(2);
    private static final Duration HURRY = Duration.ofMillis(250);

    private final Access access;
    private final HikariDataSource pool;

    private Database(Access access, HikariDataSource pool) {
        this.access = access;
        this.pool = pool;
    }

    /** Work within one transaction; a {@link SQLException} rolls it back. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /**
     * Opens a pool; the database need not be there yet.
     *
     * @param name shown in the server's list of connections
     * @param connections at most
     * @param answer the longest wait for an answer of the server; zero for no limit
     */
    public static Database open(Access access, String name, int connections, Duration answer) {
        return open(access, name, connections, answer, WAIT);
    }

    /**
     * As {@link #open(Access, String, int, Duration)} for who can wait.
     *
     * @param wait the longest wait for a connection
     */
    public static Database open(Access access, String name, int connections, Duration answer, Duration wait) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(access.url());
        config.setUsername(access.user());
        config.setPassword(access.password());
        config.setPoolName(name);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(1, connections));
        config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        config.setConnectionTimeout(wait.toMillis());
        config.setValidationTimeout(Duration.ofSeconds(1).toMillis());
        config.setInitializationFailTimeout(-1);
        config.setRegisterMbeans(false);
        config.addDataSourceProperty("ApplicationName", "doppelboden " + name.toLowerCase(Locale.ROOT));
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", String.valueOf(answer.toSeconds()));
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new Database(access, new HikariDataSource(config));
    }

    /**
     * A connection outside of any pool, refused within two seconds when the database is away.
     *
     * @param answer the longest wait for an answer of the server; zero for no limit
     */
    public static Connection connect(Access access, String name, Duration answer) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", access.user());
        properties.setProperty("password", access.password());
        properties.setProperty("ApplicationName", "doppelboden " + name);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", String.valueOf(answer.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(access.url(), properties);
    }

    /** For those who need connections of their own. */
    public Access access() {
        return access;
    }

    public DataSource dataSource() {
        return pool;
    }

    /** A connection that commits each statement; closing it gives it back. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Runs work in one transaction and commits it. */
    public <T> T transaction(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** Whether the database answers now, and answers durably. */
    public boolean answers() {
        try (Connection connection = pool.getConnection()) {
            Durability.check(connection);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Waits until the database answers, at most the given time; true when it does. */
    public boolean awaitReady(Duration most) throws SQLException {
        SQLException last = new SQLException("the database was not asked");
        for (long tries = 1 + most.dividedBy(WAIT); tries > 0; tries--) {
            try (Connection connection = pool.getConnection()) {
                Durability.check(connection);
                return true;
            } catch (SQLException e) {
                last = e;
            }
        }
        if (String.valueOf(last.getMessage()).contains("could be lost")) {
            throw last;
        }
        return false;
    }

    /**
     * For who is about to close and stores something while it ends: from now on hardly waits for a connection, and not at all
     * when the database is away. Then the pool is closed beside, because that takes it two seconds.
     */
    public void hurry() {
        if (pool.getHikariPoolMXBean().getTotalConnections() == 0) {
            Thread.ofVirtual().name("close-pool").start(pool::close);
        } else {
            pool.getHikariConfigMXBean().setConnectionTimeout(HURRY.toMillis());
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
