package de.doppelboden.gateway;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.DatabaseSettings;
import de.doppelboden.configuration.GatewaySettings;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.continuity.Outcome;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Time;
import de.doppelboden.database.Access;
import de.doppelboden.database.Database;
import de.doppelboden.evidence.EvidenceLog;
import de.doppelboden.evidence.People;
import de.doppelboden.gateway.http.Door;
import de.doppelboden.gateway.http.HttpLimits;
import de.doppelboden.gateway.http.HttpServer;
import de.doppelboden.gateway.wire.Deadlines;
import de.doppelboden.identity.Identity;
import de.doppelboden.register.gate.RegisterInGateway;
import de.doppelboden.register.replay.RegisterReplay;
import de.doppelboden.webapp.gate.WebAppInGateway;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway process: everything in the users' path. Listens first, with the last local state; the database and the
 * control process may come later, or go.
 */
public final class GatewayProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayProcess.class);
    private static final int CONNECTIONS = 8;
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration REFRESH = Duration.ofSeconds(5);
    private static final int MANAGEMENT_CONNECTIONS = 200;
    private static final long MANAGEMENT_BODY = 64 * 1024;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final Map<String, GatewayService> services = new LinkedHashMap<>();
    private final Time time = Time.of(InstantSource.system(), System::nanoTime);
    private final Identity identity;
    private final CertificateWatch certificates = new CertificateWatch();
    private final HeapReturn heap = HeapReturn.ofThisProcess();
    private final HttpServer management;

    private GatewayProcess(Configuration configuration) throws IOException {
        var random = new SecureRandom();
        DataFolder.prepare(configuration.data());
        String token = DataFolder.secret(configuration.keys().resolve("operator.token"), random);
        var access = access(configuration, random);
        var deadlines = closedLast(new Deadlines(System::nanoTime));
        var database = closedLast(Database.open(access, "gateway", CONNECTIONS, ANSWER));
        var evidence = closedLast(EvidenceLog.open(
                access, configuration.data().resolve("evidence"), "gateway", time::wall, random, List.of()));
        var events = closedLast(new EvidenceEvents(evidence, new People(database.dataSource(), time::wall, random)));
        this.identity = Identity.open(database.dataSource(), configuration.keys(), time::wall);
        var most = new HttpServer.Most(
                configuration.gateway().connections(),
                configuration.gateway().perClient(),
                configuration.gateway().requestsPerClient());
        var surroundings = new Surroundings(
                configuration,
                database,
                identity,
                events,
                deadlines,
                limits(configuration.gateway()),
                most,
                DataFolder.gatewayName(configuration.data(), random),
                time);
        for (var settings : configuration.services()) {
            services.put(settings.id(), closedLast(service(settings, surroundings)));
        }
        var lag = closedLast(new OwnLag(
                System::nanoTime,
                (from, until) -> services.values().forEach(s -> s.cycle().lagged(from, until))));
        this.management = closedLast(HttpServer.start(
                Door.plain(configuration.management().socketAddress()),
                new Management(services, new Orders(), lag, token, time),
                limits(configuration.gateway()).withBodyBytes(MANAGEMENT_BODY),
                new HttpServer.Most(MANAGEMENT_CONNECTIONS, MANAGEMENT_CONNECTIONS),
                deadlines));
        refreshOften();
        closedLast(
                database::hurry); // closed first: what is stored at the end must not wait long for a database that is
        // away
    }

    /** Returns when all listeners take connections. */
    public static GatewayProcess start(Configuration configuration) throws IOException {
        var process = new GatewayProcess(configuration);
        process.services.forEach((id, service) -> log.info(
                "{} listens on port {}, {}",
                id,
                service.listener().port(),
                service.cycle().state()));
        return process;
    }

    /** The embedded database's password is made by whoever comes first. */
    private static Access access(Configuration configuration, SecureRandom random) throws IOException {
        if (configuration.database() instanceof DatabaseSettings.Embedded) {
            DataFolder.secret(configuration.keys().resolve("database.password"), random);
        }
        return Access.of(configuration);
    }

    private static HttpLimits limits(GatewaySettings settings) {
        var standard = HttpLimits.defaults();
        return new HttpLimits(
                Math.min(standard.lineBytes(), settings.head().asInt()),
                settings.head().asInt(),
                standard.fields(),
                settings.body().bytes(),
                standard.heldBytes(),
                settings.headTime(),
                settings.idle(),
                settings.idle(),
                standard.bodyRate(),
                settings.connect(),
                settings.answer(),
                standard.pooledTime(),
                standard.pooled(),
                standard.tunnelTime());
    }

    private GatewayService service(ServiceSettings settings, Surroundings surroundings) throws IOException {
        return switch (settings.kind()) {
            case RegisterSettings register ->
                new RegisterInGateway(settings, register, closedLast(replay(settings, register)), surroundings);
            case WebAppSettings webApp -> new WebAppInGateway(settings, webApp, surroundings);
        };
    }

    private static RegisterReplay replay(ServiceSettings settings, RegisterSettings register) throws IOException {
        boolean own = settings.primaryAuthorities().isPresent();
        return RegisterReplay.of(
                register.replay(),
                own ? Optional.of(ListenerTls.trusting(settings.primaryAuthorities())) : Optional.empty());
    }

    private <T extends AutoCloseable> T closedLast(T part) {
        parts.addFirst(part);
        return part;
    }

    private void refreshOften() {
        ScheduledExecutorService refresh = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("refresh").factory());
        refresh.scheduleWithFixedDelay(this::refresh, 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        parts.addFirst(refresh::shutdownNow);
    }

    private void refresh() {
        try {
            heap.look(requests());
            services.values().forEach(GatewayService::refresh);
            services.forEach(this::watchCertificates);
            identity.refresh();
        } catch (SQLException away) {
            log.debug("people stay as they are: {}", away.getMessage());
        } catch (RuntimeException bug) {
            log.error("a refresh failed", bug);
        }
    }

    private long requests() {
        return services.values().stream()
                .mapToLong(service -> Stream.of(Side.values())
                        .flatMapToLong(side -> Stream.of(Outcome.values())
                                .mapToLong(outcome -> service.cycle().total(side, outcome)))
                        .sum())
                .sum();
    }

    private void watchCertificates(String id, GatewayService service) {
        service.certificateExpires()
                .flatMap(expires -> certificates.ofUsers(id, expires, time.wall()))
                .ifPresent(log::warn);
        for (var side : Side.values()) {
            service.certificateExpires(side)
                    .flatMap(expires -> certificates.ofSide(id, side, expires, time.wall()))
                    .ifPresent(log::warn);
        }
    }

    /** Where management is answered. */
    public int managementPort() {
        return management.port();
    }

    public GatewayService service(String id) {
        var service = services.get(id);
        if (service == null) {
            throw new IllegalArgumentException("there is no service " + id);
        }
        return service;
    }

    @Override
    public void close() {
        for (var part : parts) {
            try {
                part.close();
            } catch (Exception failed) {
                log.warn("a part of the gateway did not end well", failed);
            }
        }
    }
}
