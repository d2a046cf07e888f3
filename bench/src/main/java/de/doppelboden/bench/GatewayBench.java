package de.doppelboden.bench;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.peer.PeerProxy;
import de.doppelboden.city.peer.Programs;
import de.doppelboden.city.peer.Template;
import de.doppelboden.city.replay.Product;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * What a request, a handshake, an idle connection and a byte cost, on one core, with gate and judge on, beside HAProxy in front of the
 * same back end; the back end and the users have the other core.
 */
final class GatewayBench implements Bench {

    private static final int ROUNDS = 3;
    private static final int WARM_SECONDS = 10;
    private static final int SECONDS = 4;
    private static final int USUAL_PER_SECOND = 20_000;
    private static final int LATENCY_PER_SECOND = 2_000;
    private static final int LATENCY_SECONDS = 8;
    private static final int LATENCY_WARM_ROUNDS = 4;
    private static final int LATENCY_ROUNDS = 5;
    private static final int LATENCY_CONNECTIONS = 64;
    private static final int IDLE = 9_000;
    private static final long SETTLE_NANOS = 30_000_000_000L;
    private static final int LARGE_BYTES = 1 << 30;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String about() {
        return "what a request, a handshake and a connection cost on one core, beside HAProxy";
    }

    /** Something that listens plainly and by TLS. */
    private record Front(ProcessHandle process, int plainPort, int tlsPort, int uploadPort) {

        String plain(String path) {
            return "http://127.0.0.1:" + plainPort + path;
        }

        String tls(String path) {
            return "https://127.0.0.1:" + tlsPort + path;
        }
    }

    /** The ports that are taken. */
    private record Ports(List<Integer> free, int sink) {

        Map<String, Object> backEnd() {
            return Map.of("primary", free.get(0), "standby", free.get(1), "sink", sink);
        }

        Map<String, Object> ours() {
            return Map.of("plain", free.get(2), "tls", free.get(3), "upload", free.get(4));
        }

        Map<String, Object> theirs() {
            return Map.of("plain", free.get(5), "tls", free.get(6), "upload", free.get(7));
        }

        Map<String, Object> house() {
            return Map.of("database", free.get(8), "console", free.get(9), "management", free.get(10));
        }
    }

    /** Does something with a front, and says how often. */
    private interface Task {
        long of(Front front) throws Exception;
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        Path haproxy = Programs.need("haproxy", "haproxy");
        Path nginx = Programs.need("nginx", "nginx-light");
        var programs = new LoadPrograms();
        Path work = Files.createDirectories(ground.folder().resolve("peers"));
        Path floor = Files.createDirectories(ground.folder().resolve("floor"));
        Path certificate = work.resolve("certificate.pem");
        Path key = work.resolve("key.pem");
        programs.certify(certificate, key);
        Files.writeString(work.resolve("both.pem"), Files.readString(certificate) + Files.readString(key));
        pages(work.resolve("www"));
        try (UploadSink sink = new UploadSink()) {
            List<Integer> free = FreePorts.some(11);
            var ports = new Ports(free, sink.port());
            Map<String, Object> peers = all(ports.backEnd(), ports.theirs(), Map.of("work", work));
            Map<String, Object> house = all(
                    ports.backEnd(),
                    ports.ours(),
                    ports.house(),
                    Map.of("work", floor, "certificate", certificate, "key", key));
            LoadPrograms.pin(ProcessHandle.current()); // what is started from here has one core, and knows it
            try (PeerProxy _ = backEnd(nginx, work, peers, free.getFirst(), ground);
                    PeerProxy peer = haproxy(haproxy, work, peers, free.get(5), ground);
                    Product portal = Portal.start(floor, "gateway/portal.yaml", house)) {
                LoadPrograms.unpin(ProcessHandle.current());
                return measured(
                        ground,
                        programs,
                        new Front(portal.process("gateway"), free.get(2), free.get(3), free.get(4)),
                        new Front(peer.handle(), free.get(5), free.get(6), free.get(7)),
                        free.getFirst());
            }
        }
    }

    @SafeVarargs
    private static Map<String, Object> all(Map<String, Object>... some) {
        var all = new HashMap<String, Object>();
        for (var each : some) {
            all.putAll(each);
        }
        return all;
    }

    private static List<Row> measured(Ground ground, LoadPrograms programs, Front ours, Front theirs, int backEnd)
            throws Exception {
        var rows = new ArrayList<Row>();
        warm(ground, programs, List.of(ours, theirs));
        if (wanted(ground, "requests")) {
            requests(ground, programs, ours, theirs, rows);
        }
        if (wanted(ground, "latency")) {
            latency(ground, ours, theirs, backEnd, rows);
        }
        if (wanted(ground, "transfers")) {
            transfers(ground, programs, ours, theirs, rows);
        }
        if (wanted(ground, "idle")) {
            idle(ground, ours, theirs, rows);
        }
        return rows;
    }

    private static boolean wanted(Ground ground, String part) {
        var some = ground.options().scenarios();
        return some.isEmpty() || some.contains(part);
    }

    private static void warm(Ground ground, LoadPrograms programs, List<Front> fronts) throws Exception {
        ground.say("warming ...");
        for (var front : fronts) {
            for (String url : List.of(front.plain("/1k"), front.tls("/1k"), front.plain("/100k"), front.tls("/100k"))) {
                programs.asManyAsGo(url, WARM_SECONDS);
            }
            programs.handshakes(front.tlsPort(), SECONDS);
        }
    }

    private static void pages(Path www) throws IOException {
        Files.createDirectories(www);
        for (var page : Map.of("1k", 1024, "100k", 100 * 1024).entrySet()) {
            byte[] text = new byte[page.getValue()];
            Arrays.fill(text, (byte) 'x');
            Files.write(www.resolve(page.getKey()), text);
        }
        Files.copy(www.resolve("1k"), www.resolve("suche"));
        try (var large = new RandomAccessFile(www.resolve("large").toFile(), "rw")) {
            large.setLength(LARGE_BYTES);
        }
    }

    private static PeerProxy backEnd(Path nginx, Path work, Map<String, Object> words, int port, Ground ground)
            throws Exception {
        Path file = Template.fill("gateway/nginx.conf", work.resolve("nginx.conf"), words);
        var command = new ArrayList<>(LoadPrograms.onLastCore());
        command.addAll(List.of(nginx.toString(), "-e", "stderr", "-c", file.toString()));
        return PeerProxy.start(command, work, port, ground.pace());
    }

    private static PeerProxy haproxy(Path haproxy, Path work, Map<String, Object> words, int port, Ground ground)
            throws Exception {
        return PeerProxy.haproxy(haproxy, "gateway/haproxy.cfg", work, port, words, ground.pace());
    }

    private static void requests(Ground ground, LoadPrograms programs, Front ours, Front theirs, List<Row> rows)
            throws Exception {
        Target request = Target.ratioAtMost(1.5, 1);
        ground.say("requests ...");
        rows.add(beside("1 kB, saturated", ours, theirs, front -> programs.asManyAsGo(front.plain("/1k"), SECONDS))
                .against(request));
        rows.add(beside("1 kB by TLS, saturated", ours, theirs, front -> programs.asManyAsGo(front.tls("/1k"), SECONDS))
                .against(request));
        rows.add(beside(
                        "1 kB at 20,000/s",
                        ours,
                        theirs,
                        front -> programs.asManyAsAsked(front.plain("/1k"), USUAL_PER_SECOND, SECONDS))
                .against(request));
        rows.add(beside(
                        "1 kB by TLS at 20,000/s",
                        ours,
                        theirs,
                        front -> programs.asManyAsAsked(front.tls("/1k"), USUAL_PER_SECOND, SECONDS))
                .against(request));
        rows.add(beside("100 kB, saturated", ours, theirs, front -> programs.asManyAsGo(front.plain("/100k"), SECONDS))
                .against(request));
        rows.add(beside(
                        "100 kB by TLS, saturated",
                        ours,
                        theirs,
                        front -> programs.asManyAsGo(front.tls("/100k"), SECONDS))
                .against(request));
        ground.say("handshakes ...");
        rows.add(beside(
                        "a full handshake, TLS 1.3",
                        ours,
                        theirs,
                        front -> programs.handshakes(front.tlsPort(), SECONDS))
                .against(Target.ratioAtMost(3, 1.3)));
    }

    /** Processor time for each, the median of some rounds. */
    private static Row beside(String what, Front ours, Front theirs, Task task) throws Exception {
        var micros = List.<List<Double>>of(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 2; i++) {
                var front = i == 0 ? ours : theirs;
                double before = ProcessFigures.processorSeconds(front.process());
                long count = task.of(front);
                double taken = ProcessFigures.processorSeconds(front.process()) - before;
                micros.get(i).add(taken * 1e6 / count);
            }
        }
        return new Row("processor time, " + what, "µs", Quantiles.median(micros.get(0)))
                .beside("HAProxy", Quantiles.median(micros.get(1)));
    }

    /**
     * What a gateway adds to the time of the back end, at a rate that none of them feels. The first rounds are for warming: who sends is
     * a program of Java as well, and what waits takes other ways through one than what comes as fast as it can.
     */
    private static void latency(Ground ground, Front ours, Front theirs, int backEnd, List<Row> rows) throws Exception {
        ground.say("added time ...");
        var half = List.<List<Double>>of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var last = List.<List<Double>>of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        LoadPrograms.setAside(ProcessHandle.current());
        try {
            for (int round = -LATENCY_WARM_ROUNDS; round < LATENCY_ROUNDS; round++) {
                for (int i = 0; i < 3; i++) {
                    int port = i == 0 ? backEnd : i == 1 ? ours.plainPort() : theirs.plainPort();
                    var times = times(ground, port, round);
                    if (round >= 0) {
                        half.get(i).add(times.at(0.5));
                        last.get(i).add(times.at(0.99));
                    }
                }
            }
        } finally {
            LoadPrograms.unpin(ProcessHandle.current());
        }
        rows.add(added("half of the requests", half).against(Target.ratioAtMost(1.2, 1)));
        rows.add(added("all but a hundredth", last).against(Target.ratioAtMost(2, 1.2)));
    }

    private static Row added(String what, List<List<Double>> times) {
        double direct = Quantiles.median(times.get(0));
        return new Row("added time at 2,000/s, " + what, "µs", Quantiles.median(times.get(1)) - direct)
                .beside("HAProxy", Quantiles.median(times.get(2)) - direct);
    }

    private static Quantiles times(Ground ground, int port, int round) throws Exception {
        var connections = new ArrayBlockingQueue<KeptConnection>(LATENCY_CONNECTIONS);
        try {
            for (int i = 0; i < LATENCY_CONNECTIONS; i++) {
                connections.add(new KeptConnection(port));
            }
            var instants = OpenLoad.poisson(LATENCY_PER_SECOND, LATENCY_SECONDS, ground.seed() + round);
            var results = OpenLoad.play(ground.pace(), instants, number -> {
                var connection = connections.take();
                try {
                    connection.once();
                    return "";
                } catch (IOException failed) {
                    return String.valueOf(failed.getMessage());
                } finally {
                    connections.add(connection);
                }
            });
            for (var result : results) {
                if (!result.good()) {
                    throw new IOException(result.wrong());
                }
            }
            return Quantiles.of(
                    results.stream().map(result -> result.nanos() / 1e3).toList());
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
    }

    private static void transfers(Ground ground, LoadPrograms programs, Front ours, Front theirs, List<Row> rows)
            throws Exception {
        ground.say("transfers ...");
        Path large = ground.folder().resolve("peers/www/large");
        rows.add(speed("download", ours, theirs, front -> (long) programs.download(front.plain("/large"))));
        rows.add(speed("download by TLS", ours, theirs, front -> (long) programs.download(front.tls("/large"))));
        rows.add(speed("upload", ours, theirs, front ->
                (long) programs.upload(large, "http://127.0.0.1:" + front.uploadPort() + "/large")));
    }

    /** @param bytes a second */
    private static Row speed(String what, Front ours, Front theirs, Task bytes) throws Exception {
        var one = new ArrayList<Double>();
        var other = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            one.add(bytes.of(ours) / 1e6);
            other.add(bytes.of(theirs) / 1e6);
        }
        return new Row(what, "MB/s", Quantiles.median(one))
                .beside("HAProxy", Quantiles.median(other))
                .against(Target.ratioAtLeast(0.7, 1));
    }

    private static void idle(Ground ground, Front ours, Front theirs, List<Row> rows) throws Exception {
        ground.say(IDLE + " idle connections ...");
        rows.add(new Row("memory of 9,000 idle connections", "MB", idle(ground, ours, false))
                .beside("HAProxy", idle(ground, theirs, false))
                .against(Target.atMost(60, 20)));
        rows.add(new Row("memory of 9,000 idle connections by TLS", "MB", idle(ground, ours, true))
                .beside("HAProxy", idle(ground, theirs, true))
                .against(Target.atMost(400, 200)));
    }

    private static double idle(Ground ground, Front front, boolean tls) throws Exception {
        ground.pace().pause(SETTLE_NANOS);
        double before = ProcessFigures.residentMegabytes(front.process());
        try (var _ = new IdleConnections(IDLE, tls ? front.tlsPort() : front.plainPort(), tls)) {
            ground.pace().pause(SETTLE_NANOS);
            return ProcessFigures.residentMegabytes(front.process()) - before;
        }
    }
}
