package de.doppelboden.webapp.gate;

import de.doppelboden.configuration.ServiceSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.configuration.WebAppSettings.State;
import de.doppelboden.continuity.KeyKind;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.feed.FeedState;
import de.doppelboden.continuity.feed.Lag;
import de.doppelboden.cycle.NoJournal;
import de.doppelboden.cycle.ServiceCycle;
import de.doppelboden.cycle.ServiceMapping;
import de.doppelboden.cycle.Stores;
import de.doppelboden.gateway.GatewayService;
import de.doppelboden.gateway.ListenerTls;
import de.doppelboden.gateway.Surroundings;
import de.doppelboden.gateway.TrustedProxies;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Door;
import de.doppelboden.gateway.http.HttpServer;
import de.doppelboden.gateway.http.SidePool;
import de.doppelboden.gateway.http.SideRequest;
import de.doppelboden.gateway.probe.Ask;
import de.doppelboden.gateway.probe.Probe;
import de.doppelboden.gateway.relay.Hedges;
import de.doppelboden.gateway.relay.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A web application in the gateway process: its cycle, its gate with the users' listener, its probe. */
public final class WebAppInGateway implements GatewayService {

    private static final int LOOKED_AT = 64 * 1024;

    private static final FeedState KEPT_BY_OTHERS = new FeedState(
            FeedState.Phase.RUNNING,
            Optional.of(new Lag(Instant.MAX)),
            "the standby is kept current by whoever runs the application");

    private final ServiceSettings settings;
    private final ServiceCycle cycle;
    private final Asking.Sides sides;
    private final Asking.Sides probed;
    private final Waiting waiting = new Waiting();
    private final Waiting streams = new Waiting();
    private final Probe probe;
    private final Optional<ListenerTls> tls;
    private final Asking asking;
    private final HttpServer listener;

    /** Listens when this returns. */
    public WebAppInGateway(ServiceSettings settings, WebAppSettings webApp, Surroundings from) throws IOException {
        this.settings = settings;
        var kinds = new Kinds(webApp, settings.equivalent(), settings.budget());
        this.cycle = cycle(settings, webApp, kinds, from);
        this.sides = sides(settings, webApp, from, false);
        this.probed = sides(settings, webApp, from, true);
        var hedges = new Hedges(from.deadlines(), cycle::proven);
        var copies = new Copies(from.time());
        var sessions = new Sessions(webApp, settings.id());
        var ways = new Ways(cycle, from.time());
        this.asking = new Asking(
                ways,
                cycle,
                sides,
                kinds,
                sessions,
                waiting,
                streams,
                hedges,
                from.deadlines(),
                copies,
                new Fallback(copies, webApp.goneFolder()));
        cycle.onMove(ways::moved);
        cycle.onMove(waiting::look);
        cycle.onMove(streams::look);
        this.probe = new Probe(
                cycle,
                from.time(),
                asks(settings, webApp, kinds, probed),
                settings.probe().interval());
        this.tls = ListenerTls.of(settings.tls(), from.time()::nanos);
        var door = new Door(
                settings.listen().socketAddress(),
                tls,
                new TrustedProxies(from.configuration().proxies()));
        var gate = new WebAppGate(sessions, kinds, asking, from.time());
        this.listener = HttpServer.start(door, gate, from.limits(), from.most(), from.deadlines());
        cycle.start();
        probe.start();
    }

    private static ServiceCycle cycle(ServiceSettings settings, WebAppSettings webApp, Kinds kinds, Surroundings from) {
        boolean shared = webApp.state() == State.SHARED;
        var service = ServiceMapping.service(
                settings, KeyKind.FREE, kinds.sharesAll(), kinds.known(), ZoneId.systemDefault());
        var nothing = new NoJournal();
        return new ServiceCycle(
                new ServiceCycle.Parts(
                        service,
                        Stores.of(from.database(), settings.id(), nothing),
                        nothing,
                        () -> shared ? FeedState.NOT_NEEDED : KEPT_BY_OTHERS,
                        ServiceMapping.independence(settings),
                        from.events(),
                        from.configuration().data().resolve("state").resolve(settings.id() + ".json"),
                        from.gateway()),
                from.time());
    }

    /** @param probes with the probe's own time limits */
    private static Asking.Sides sides(
            ServiceSettings settings, WebAppSettings webApp, Surroundings from, boolean probes) throws IOException {
        return new Asking.Sides(
                side(settings, settings.primary(), settings.primaryAuthorities(), from, probes),
                side(settings, webApp.standby(), webApp.standbyAuthorities(), from, probes));
    }

    private static SidePool side(
            ServiceSettings settings, URI address, Optional<Path> authorities, Surroundings from, boolean probes)
            throws IOException {
        Optional<SSLContext> trust =
                "https".equals(address.getScheme()) ? Optional.of(ListenerTls.trusting(authorities)) : Optional.empty();
        var limits = probes
                ? from.limits()
                        .withSideTimes(
                                settings.probe().timeout(), settings.probe().timeout())
                : from.limits();
        return new SidePool(address, trust, limits, from.deadlines());
    }

    private static List<Ask> asks(ServiceSettings settings, WebAppSettings webApp, Kinds kinds, Asking.Sides probed) {
        var asks = new ArrayList<Ask>();
        for (String path : webApp.probes().isEmpty() ? List.of("/") : webApp.probes()) {
            String plain = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
            kinds.answered("GET", plain);
            var kind = kinds.of("GET", plain);
            for (var side : Side.values()) {
                asks.add(new Ask(
                        kind.operation(),
                        side,
                        probed.of(side),
                        () -> SideRequest.get(path, List.of()),
                        answer -> isGood(settings, kind, answer),
                        Ask.Turn.EACH_ROUND));
            }
        }
        return asks;
    }

    private static boolean isGood(ServiceSettings settings, Kind kind, Call.Responded answer) throws IOException {
        boolean good = kind.success().of(answer);
        if (!good || settings.probe().text().isEmpty()) {
            return good;
        }
        String page = new String(answer.readAhead(LOOKED_AT), StandardCharsets.UTF_8);
        return page.contains(settings.probe().text().get());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return "webapp";
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

    /** A standby that serves nobody is reached by the probe alone. What was renewed is valid for longer. */
    @Override
    public Optional<Instant> certificateExpires(Side side) {
        return Stream.of(sides, probed)
                .flatMap(pools -> pools.of(side).certificateExpires().stream())
                .max(Instant::compareTo);
    }

    @Override
    public SidePool primary() {
        return sides.primary();
    }

    @Override
    public SidePool standby() {
        return sides.standby();
    }

    @Override
    public Map<String, Long> refused() {
        var words = new TreeMap<String, Long>();
        asking.refused().forEach((why, number) -> words.put(why.name().toLowerCase(Locale.ROOT), number));
        return words;
    }

    @Override
    public int waiting() {
        return waiting.count();
    }

    @Override
    public void refresh() {
        // nothing of it lies in the database
    }

    @Override
    public void close() {
        listener.drain();
        probe.close();
        cycle.close();
        listener.close();
        for (var side : Side.values()) {
            sides.of(side).close();
            probed.of(side).close();
        }
    }
}
