package de.doppelboden.bench;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration;
import de.doppelboden.cli.Serving;
import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.DataFolder;
import de.doppelboden.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Processor time per proxied request at saturation, warm, with gate and judge on, beside HAProxy and nginx in front of the same back
 * end: pages of one kilobyte on kept connections. That the proxies, the back end and the users share the cores is the same for all.
 */
final class ProxyBench implements Bench {

    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 3;
    private static final double WARM_SECONDS = 10;
    private static final double SECONDS = 8;
    private static final java.time.Duration READY = java.time.Duration.ofSeconds(60);

    @Override
    public String name() {
        return "proxy";
    }

    @Override
    public String about() {
        return "processor time per proxied request, beside HAProxy and nginx";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        Path haproxy = Programs.need("haproxy", "haproxy");
        Path nginx = Programs.need("nginx", "nginx-light");
        List<Integer> free = FreePorts.some(9);
        try (PlainServer backEnd = new PlainServer();
                Supervisor floor = floor(ground, backEnd.port(), free);
                PeerProxy first =
                        PeerProxy.haproxy(haproxy, ground.folder(), free.get(7), backEnd.port(), ground.pace());
                PeerProxy second =
                        PeerProxy.nginx(nginx, ground.folder(), free.get(8), backEnd.port(), ground.pace())) {
            List<String> missing = floor.awaitReady(READY);
            if (!missing.isEmpty()) {
                throw new IOException("the second floor did not start: " + missing);
            }
            var proxies = List.of(
                    new Proxy(free.get(2), gateway(ground)),
                    new Proxy(first.port(), first.handle()),
                    new Proxy(second.port(), second.handle()));
            for (Proxy proxy : proxies) {
                proxy.load(WARM_SECONDS);
            }
            var micros = List.<List<Double>>of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            var rates = List.<List<Double>>of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int round = 1; round <= ROUNDS; round++) {
                ground.say("round " + round + " of " + ROUNDS + " ...");
                for (int i = 0; i < proxies.size(); i++) {
                    Load load = proxies.get(i).load(SECONDS);
                    micros.get(i).add(load.microsPerRequest());
                    rates.get(i).add(load.perSecond());
                }
            }
            Row row = new Row("gateway, processor time per request", "µs", Quantiles.median(micros.get(0)));
            Row rate = new Row(
                    "requests a second, " + CONNECTIONS + " connections", "1/s", Quantiles.median(rates.get(0)));
            return List.of(
                    row.beside("HAProxy", Quantiles.median(micros.get(1))).against(Target.ratioAtMost(1.5, 1)),
                    row.beside("nginx", Quantiles.median(micros.get(2))),
                    rate.beside("HAProxy", Quantiles.median(rates.get(1))),
                    rate.beside("nginx", Quantiles.median(rates.get(2))));
        }
    }

    private record Load(double perSecond, double microsPerRequest) {}

    private record Proxy(int port, ProcessHandle process) {

        Load load(double seconds) throws IOException, InterruptedException {
            var connections = new ArrayList<KeptConnection>();
            try {
                for (int i = 0; i < CONNECTIONS; i++) {
                    connections.add(new KeptConnection(port));
                }
                double before = ProcessFigures.processorSeconds(process);
                Workers.Done done = Workers.run(connections, seconds);
                double taken = ProcessFigures.processorSeconds(process) - before;
                return new Load(done.perSecond(), taken * 1e6 / done.count());
            } finally {
                for (KeptConnection connection : connections) {
                    connection.close();
                }
            }
        }
    }

    /** The product in front of the back end, which has no feed: it passes through and judges. */
    private static Supervisor floor(Ground ground, int backEnd, List<Integer> free) throws Exception {
        Path folder = Files.createDirectories(ground.folder().resolve("floor"));
        DataFolder.prepare(folder);
        var ports = new ModelConfiguration.Ports(
                free.get(0), free.get(1), free.get(2), free.get(3), backEnd, free.get(4), free.get(5), free.get(6));
        Path file = folder.resolve("doppelboden.yaml");
        var secrets = ModelConfiguration.Secrets.of(folder.resolve("city-keys"), ground.random());
        ModelConfiguration.write(file, ports, secrets, ground.seed(), "stadt", ModelConfiguration.Times.MODEL_CITY);
        if (!(Configuration.load(file, Map.of()) instanceof Configuration.Valid valid)) {
            throw new IllegalStateException("the configuration is wrong: " + file);
        }
        return Serving.start(valid.configuration(), file);
    }

    private static ProcessHandle gateway(Ground ground) throws IOException {
        String pid = Files.readAllLines(ground.folder().resolve("floor/run/gateway.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }
}
