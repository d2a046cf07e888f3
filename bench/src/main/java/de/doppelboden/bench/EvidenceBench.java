package de.doppelboden.bench;

import de.doppelboden.evidence.Accepted;
import de.doppelboden.evidence.EvidenceLog;
import de.doppelboden.evidence.Note;
import de.doppelboden.evidence.Ticket;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What the evidence log takes, durably: each writer hands in a batch and waits until all of it is committed. Chaining goes on beside
 * it, as in the product; what it is behind at the end is a figure of its own.
 */
final class EvidenceBench implements Bench {

    private static final int WRITERS = 4;
    private static final int BATCH = 1_000;
    private static final int ROUNDS = 5;
    private static final double SECONDS = 4;

    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public String about() {
        return "durable entries of the evidence log a second";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        try (OwnServer server = OwnServer.start(ground.folder(), ground.random());
                EvidenceLog log = EvidenceLog.open(
                        server.access(),
                        ground.folder().resolve("evidence"),
                        "bench",
                        InstantSource.system(),
                        new Random(ground.seed()),
                        List.of())) {
            var writers = IntStream.range(0, WRITERS).mapToObj(_ -> writer(log)).toList();
            var rates = new ArrayList<Double>();
            Workers.rate(writers, 2 * SECONDS);
            for (int round = 1; round <= ROUNDS; round++) {
                rates.add(Workers.rate(writers, SECONDS));
            }
            long ended = ground.pace().now();
            long stored = count(server, "evidence.entry");
            long behind = stored - count(server, "evidence.link");
            while (count(server, "evidence.link") < stored && ground.pace().now() - ended < 60e9) {
                ground.pauseSeconds(0.05);
            }
            double chained = (ground.pace().now() - ended) / 1e9;
            return List.of(
                    new Row("appended entries, durable", "1/s", Quantiles.median(rates))
                            .against(Target.atLeast(5_000, 20_000)),
                    new Row("entries not chained yet at the end", "entries", behind),
                    new Row("until all are chained", "s", chained));
        }
    }

    private static Workers.Work writer(EvidenceLog log) {
        return () -> {
            var tickets = new ArrayList<Ticket>(BATCH);
            for (int i = 0; i < BATCH; i++) {
                tickets.add(log.submit(new Note(
                                "register",
                                "decision",
                                "Stayed on the primary: 199 of 200 requests of the last second were within their budget.")
                        .withDetail("{\"operation\":\"register.search\",\"p95Millis\":41,\"requests\":200}")));
            }
            for (Ticket ticket : tickets) {
                Accepted accepted = ticket.await();
                if (!(accepted instanceof Accepted.InDatabase)) {
                    throw new IllegalStateException("an entry was not stored in the database: " + accepted);
                }
            }
            return BATCH;
        };
    }

    private static long count(OwnServer server, String table) throws Exception {
        var access = server.access();
        try (var connection = DriverManager.getConnection(access.url(), access.user(), access.password());
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
