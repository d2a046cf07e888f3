package de.doppelboden.register.gate;

import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.journal.Replay;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.cycle.ServiceMapping;
import de.doppelboden.cycle.Stores;
import de.doppelboden.gateway.GatewayService;
import de.doppelboden.gateway.ListenerTls;
import de.doppelboden.gateway.Surroundings;
import de.doppelboden.gateway.TrustedProxies;
import de.doppelboden.gateway.http.Door;
import de.doppelboden.gateway.http.HttpServer;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.probe.Probe;
import de.doppelboden.register.RegisterOperations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The register in the gateway process: its cycle, its gate with the clerks' listener, its probe. */
public final class RegisterInGateway implements GatewayService {

    private final ServiceSettings settings;
    private final ServiceCycle cycle;
    private final SidePool primary;
    private final SidePool standby;
    private final List<SidePool> probes;
    private final RegisterGate gate;
    private final Probe probe;
    private final Optional<ListenerTls> tls;
    private final HttpServer listener;

    /** Listens when this returns. */
    public RegisterInGateway(ServiceSettings settings, RegisterSettings register, Replay replay, Surroundings from)
            throws IOException {
        this.settings = settings;
        var stores = Stores.of(from.database(), settings.id());
        var state = from.configuration().data().resolve("state");
        var service = ServiceMapping.service(
                settings,
                KeyKind.ORDERED,
                false,
                RegisterOperations.all(settings.budget(), settings.equivalent()),
                ZoneId.systemDefault());
        this.cycle = new ServiceCycle(
                new ServiceCycle.Parts(
                        service,
                        stores,
                        replay,
                        new CopyState(from.database()),
                        ServiceMapping.independence(settings),
                        from.events(),
                        state.resolve(settings.id() + ".json"),
                        from.gateway()),
                from.time());
        var console = URI.create("http://" + from.configuration().console().listen());
        Optional<SSLContext> trust = "https".equals(settings.primary().getScheme())
                ? Optional.of(ListenerTls.trusting(settings.primaryAuthorities()))
                : Optional.empty();
        this.primary = new SidePool(settings.primary(), trust, from.limits(), from.deadlines());
        this.standby = new SidePool(console, from.limits(), from.deadlines());
        this.gate = new RegisterGate(new RegisterGate.Ingredients(
                register,
                searchInterface(register),
                cycle,
                stores,
                primary,
                standby,
                from.database(),
                from.identity(),
                from.deadlines(),
                state,
                from.time()));
        var probeLimits = from.limits()
                .withSideTimes(settings.probe().timeout(), settings.probe().timeout());
        var probePrimary = new SidePool(settings.primary(), trust, probeLimits, from.deadlines());
        var probeStandby = new SidePool(console, probeLimits, from.deadlines());
        this.probes = List.of(probePrimary, probeStandby);
        this.probe = new Probe(
                cycle,
                from.time(),
                gate.asks(settings.probe(), probePassword(settings), probePrimary, probeStandby),
                settings.probe().interval());
        this.tls = ListenerTls.of(settings.tls(), from.time()::nanos);
        var door = new Door(
                settings.listen().socketAddress(),
                tls,
                new TrustedProxies(from.configuration().proxies()));
        this.listener = HttpServer.start(door, gate, from.limits(), from.most(), from.deadlines());
        cycle.start();
        probe.start();
    }

    private static Optional<SearchInterface> searchInterface(RegisterSettings register) throws IOException {
        if (register.search().isEmpty()) {
            return Optional.empty();
        }
        var search = register.search().get();
        var tokens = Files.readAllLines(search.tokenFile()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return Optional.of(new SearchInterface(search.path(), tokens));
    }

    private static Optional<String> probePassword(ServiceSettings settings) throws IOException {
        return settings.probe().passwordFile().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        DataFolder.readSecret(settings.probe().passwordFile().get()));
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return "register";
    }

    @Override
    public ServiceCycle cycle() {
        return cycle;
    }

    @Override
    public HttpServer listener() {
        return listener;
    }

    @Override
    public Optional<Instant> certificateExpires() {
        return tls.map(ListenerTls::expires);
    }

    /** The probe reaches each of them, whether it serves or not. */
    @Override
    public Optional<Instant> certificateExpires(Side side) {
        return probes.get(side.ordinal()).certificateExpires();
    }

    @Override
    public SidePool primary() {
        return primary;
    }

    @Override
    public SidePool standby() {
        return standby;
    }

    @Override
    public int waiting() {
        return gate.waiting();
    }

    @Override
    public void refresh() {
        gate.refresh();
    }

    @Override
    public void close() {
        listener.drain();
        probe.close();
        cycle.close();
        gate.close();
        listener.close();
        primary.close();
        standby.close();
        probes.forEach(SidePool::close);
    }
}
