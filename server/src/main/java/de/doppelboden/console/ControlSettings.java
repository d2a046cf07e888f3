package de.doppelboden.console;

import de.doppelboden.configuration.Configuration;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * What the control process needs to know at its start.
 *
 * @param data the installation's data folder; {@code keys/} in it holds the secrets
 * @param database the process starts and shows its pages also while it is away
 * @param management the gateway's management address
 * @param secureCookies whether people reach the console by TLS
 * @param session a log-in ends so long after its last use
 */
public record ControlSettings(
        InetSocketAddress listen,
        Path data,
        DataSource database,
        URI management,
        boolean secureCookies,
        Duration session) {

    public static ControlSettings of(Configuration configuration, DataSource database) {
        return new ControlSettings(
                configuration.console().listen().socketAddress(),
                configuration.data(),
                database,
                URI.create("http://" + configuration.management()),
                configuration.console().secure(),
                configuration.console().session());
    }
}
