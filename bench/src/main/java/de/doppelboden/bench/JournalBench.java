package de.doppelboden.bench;

import de.doppelboden.cli.Serving;
import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.journal.Appended;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.cycle.PostgresJournal;
import de.doppelboden.database.Database;
import de.doppelboden.register.RegisterOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Durable journal writes through the pool of connections that the control process has, beside what PostgreSQL's own load program commits on the same server. The ratio is to {@code pgbench -N}:
 * the other default workload updates one row of a branch in each transaction, so that its clients wait for one another, which says
 * more of its tables than of the server.
 */
final class JournalBench implements Bench {

    private static final int CLERKS = 32;
    private static final int ROUNDS = 3;
    private static final int SECONDS = 6;
    private static final String SERVICE = "register";
    private static final long EPOCH = 1;
    private static final String ONE_INSERT = """
            insert into one (text) values ('%s');
            """.formatted("x".repeat(400));

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String about() {
        return "durable journal writes of 32 clerks at once, beside pgbench on the same server";
    }

    @Override
    public List<Row> run(Ground ground) throws Exception {
        try (OwnServer server = OwnServer.start(ground.folder(), ground.random());
                Database database = server.open("control", Serving.CONTROL_CONNECTIONS);
                PostgresJournal journal = new PostgresJournal(database, SERVICE)) {
            var beside = server.beside("bench");
            var pgbench = new Pgbench(beside, CLERKS);
            OwnServer.execute(
                    server.access(),
                    "insert into cycle.ownership (service, epoch, owner, since, reason) values ('" + SERVICE + "', "
                            + EPOCH + ", 'STANDBY', now(), 'to be measured')");
            OwnServer.execute(
                    beside, "create table one (id bigint generated always as identity primary key, text text)");
            Path insert = Files.writeString(ground.folder().resolve("insert.sql"), ONE_INSERT);
            ground.say("pgbench makes its tables ...");
            pgbench.prepare();

            var clerks =
                    IntStream.range(0, CLERKS).mapToObj(_ -> clerk(journal)).toList();
            var ours = new ArrayList<Double>();
            var simple = new ArrayList<Double>();
            var standard = new ArrayList<Double>();
            var single = new ArrayList<Double>();
            Workers.rate(clerks, 2 * SECONDS);
            pgbench.commits(List.of("-N"), SECONDS);
            for (int round = 1; round <= ROUNDS; round++) {
                ground.say("round " + round + " of " + ROUNDS + " ...");
                ours.add(Workers.rate(clerks, SECONDS));
                simple.add(pgbench.commits(List.of("-N"), SECONDS));
                single.add(pgbench.commits(List.of("-f", insert.toString()), SECONDS));
                standard.add(pgbench.commits(List.of(), SECONDS));
            }
            Row row = new Row("journal writes, " + CLERKS + " clerks", "1/s", Quantiles.median(ours));
            return List.of(
                    row.beside("pgbench -N", Quantiles.median(simple)).against(Target.ratioAtLeast(0.5, 0.9)),
                    row.beside("pgbench, TPC-B-like", Quantiles.median(standard)),
                    row.beside("pgbench, one insert", Quantiles.median(single)));
        }
    }

    private static Workers.Work clerk(PostgresJournal journal) {
        return () -> {
            var said = journal.append(entry(), EPOCH);
            if (!(said instanceof Appended.Stored)) {
                throw new IllegalStateException("an entry was not stored: " + said);
            }
            return 1;
        };
    }

    /** As a change of address makes one. */
    private static JournalEntry entry() {
        UUID form = UUID.randomUUID();
        String om = String.valueOf(1_000_000 + Math.floorMod(form.getMostSignificantBits(), 30_000));
        Instant now = Instant.now();
        var order = new RegisterOrder(
                RegisterOrder.Kind.MOVE,
                om,
                "1",
                Map.of(
                        "strasse", "Große Bergstraße",
                        "hausnummer", "100a",
                        "zusatz", "3. OG",
                        "plz", "22767",
                        "ort", "Hamburg",
                        "einzug", "2019-09-24"),
                "s001",
                "Altona",
                now);
        String actor = Integer.toHexString(form.hashCode());
        return new JournalEntry(
                0,
                form.toString(),
                "register.move",
                new Key("resident", om),
                "1",
                order.json(),
                actor,
                "Altona",
                now,
                EntryState.OPEN,
                EPOCH);
    }
}
