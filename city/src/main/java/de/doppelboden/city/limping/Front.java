package de.doppelboden.city.limping;

import de.doppelboden.city.FreePorts;
import de.doppelboden.city.ModelConfiguration.Times;
import de.doppelboden.city.peer.HaproxyStats;
import de.doppelboden.city.peer.PeerProxy;
import de.doppelboden.city.peer.Template;
import de.doppelboden.city.people.Diary;
import de.doppelboden.city.people.Pace;
import de.doppelboden.city.replay.Product;
import de.doppelboden.configuration.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What stands between the people of a group and the two sides. */
sealed interface Front extends AutoCloseable {

    URI address();

    /** What it says of itself now. */
    View view() throws IOException, InterruptedException;

    @Override
    void close();

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** HAProxy with both sides, the second as its backup. */
    record Haproxy(URI address, PeerProxy proxy, HaproxyStats stats) implements Front {

        /** For an answer of a side, where the template has it: a fifth below what is late in a user's eyes. */
        private static final Duration PATIENCE = Diary.BUDGET.multipliedBy(4).dividedBy(5);

        /** @param template of its settings */
        static Front start(Path program, String template, Path folder, int primary, int standby, Pace pace)
                throws IOException, InterruptedException {
            Files.createDirectories(folder);
            int port = FreePorts.some(1).getFirst();
            Map<String, Object> words =
                    Map.of("primary", primary, "standby", standby, "patience", PATIENCE.toMillis() + "ms");
            PeerProxy proxy = PeerProxy.haproxy(program, template, folder, port, words, pace);
            return new Haproxy(local(port), proxy, new HaproxyStats(folder));
        }

        @Override
        public View view() throws IOException {
            Map<String, HaproxyStats.Server> servers = stats.servers();
            if (servers.get("primary") instanceof HaproxyStats.Server primary
                    && servers.get("standby") instanceof HaproxyStats.Server standby) {
                return new View.Haproxy(primary, standby);
            }
            throw new IOException("HAProxy says nothing of its servers");
        }

        @Override
        public void close() {
            proxy.close();
        }
    }

    /** The product: its gateway, its control process and its database. */
    record Floor(URI address, Product product) implements Front {

        private static final String SERVICE = "portal";

        /** Of the way back, shorter than a city would set it: so many people as in an hour there do not come in a scene. */
        private static final Duration STEP = Duration.ofSeconds(2);

        /**
         * What the loop decided, or what it had reason to doubt.
         *
         * @param action of the loop; {@code DOUBT}: reads were answered by the other side meanwhile
         * @param reason the sentence; of a decision the one in the evidence log
         */
        record Decided(Instant at, String action, String reason, String state) {}

        static Front start(Path folder, int primary, int standby, InstantSource clock)
                throws IOException, InterruptedException {
            Files.createDirectories(folder);
            DataFolder.prepare(folder);
            List<Integer> ports = FreePorts.some(4);
            Path file = Template.fill(
                    "city/limping/portal.yaml",
                    folder.resolve("doppelboden.yaml"),
                    Map.of(
                            "work",
                            folder,
                            "listen",
                            ports.get(0),
                            "database",
                            ports.get(1),
                            "console",
                            ports.get(2),
                            "management",
                            ports.get(3),
                            "primary",
                            primary,
                            "standby",
                            standby,
                            "budget",
                            Diary.BUDGET.toMillis() + "ms",
                            "step",
                            STEP.toMillis() + "ms",
                            "exercise",
                            Times.undisturbed(STEP, clock).exercise()));
            return new Floor(local(ports.get(0)), Product.start(file));
        }

        @Override
        public View view() throws IOException, InterruptedException {
            JsonNode status = product.status(SERVICE);
            return new View.Floor(
                    status.path("serving").asString("").equals("PRIMARY"),
                    Product.home(status),
                    status.path("state").asString(""),
                    status.path("decision").path("reason").asString(""));
        }

        /** What the loop did, in order. */
        List<Decided> decided() throws IOException, InterruptedException {
            var decided = new ArrayList<Decided>();
            for (JsonNode mark :
                    product.look("/services/" + SERVICE + "/traffic?hours=1").path("decisions")) {
                decided.add(new Decided(
                        Instant.parse(mark.path("at").asString("")),
                        mark.path("action").asString(""),
                        mark.path("reason").asString(""),
                        mark.path("state").asString("")));
            }
            for (JsonNode doubt : product.look("/services/" + SERVICE + "/hour").path("pending")) {
                decided.add(new Decided(
                        Instant.parse(doubt.path("from").asString("")),
                        "DOUBT",
                        doubt.path("sentence").asString(""),
                        "NORMAL"));
            }
            return decided.stream().sorted(Comparator.comparing(Decided::at)).toList();
        }

        @Override
        public void close() {
            product.close();
        }
    }
}
