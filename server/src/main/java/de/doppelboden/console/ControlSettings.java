package de.doppelboden.console;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.ConsoleSettings;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.database.Database;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the control process needs to know at its start.
 *
 * @param data the installation's data folder; {@code keys/} in it holds the secrets
 * @param database the process starts and shows its pages also while it is away
 * @param management the gateway's management address
 * @param secureCookies whether people reach the console by TLS
 * @param tls a second listener, for everybody but this machine
 * @param session a log-in ends so long after its last use
 */
public record ControlSettings(
        InetSocketAddress listen,
        Path data,
        Database database,
        URI management,
        boolean secureCookies,
        Duration session,
        List<KnownService> services,
        Optional<ConsoleSettings.Tls> tls) {

    /**
     * A service as the configuration names it.
     *
     * @param remember a log-in that the primary has accepted is known for so long while it is gone
     */
    public record KnownService(String id, String name, String listen, String primary, Duration remember) {}

    public ControlSettings {
        services = List.copyOf(services);
    }

    /** Without TLS. */
    public ControlSettings(
            InetSocketAddress listen,
            Path data,
            Database database,
            URI management,
            boolean secureCookies,
            Duration session,
            List<KnownService> services) {
        this(listen, data, database, management, secureCookies, session, services, Optional.empty());
    }

    public static ControlSettings of(Configuration configuration, Database database) {
        return new ControlSettings(
                configuration.console().listen().socketAddress(),
                configuration.data(),
                database,
                URI.create("http://" + configuration.management()),
                configuration.console().secure(),
                configuration.console().session(),
                configuration.services().stream()
                        .map(s -> new KnownService(
                                s.id(),
                                s.name(),
                                s.listen().toString(),
                                s.primary().toString(),
                                switch (s.kind()) {
                                    case RegisterSettings register ->
                                        register.login().remember();
                                    case WebAppSettings webApp -> Duration.ZERO;
                                }))
                        .toList(),
                configuration.console().tls());
    }
}
