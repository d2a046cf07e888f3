package de.doppelboden.cli;

import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.database.Database;
import de.doppelboden.evidence.Note;
import de.doppelboden.register.feed.FeedOrders;
import de.doppelboden.register.feed.FeedOrders.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An order to the feed of a service, straight in the database; the control process carries it out at its next pass. */
@Command(
        name = "feed",
        description =
                "Orders what the feed of a service does: ACCEPT a mass change that stopped it, HOLD it and RELEASE it, "
                        + "COMPARE both sides completely, RELOAD the copy, GO_BACK to what the copy was within the last 24 hours.",
        mixinStandardHelpOptions = true)
final class FeedCommand implements Callable<Integer> {

    private static final int LOOKS = 100;
    private static final int LOOK_MILLIS = 200;

    @Mixin
    private Installation installation;

    @Mixin
    private Printing printing;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service's id.")
    private String service;

    @Parameters(index = "1", paramLabel = "ORDER", description = "One of ${COMPLETION-CANDIDATES}.")
    private Kind kind;

    @Option(names = "--reason", required = true, description = "Why; it stands in the evidence log.")
    private String reason;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "For GO_BACK: the copy is to be as it was then, such as 2026-11-24T09:30.")
    private @Nullable Instant until;

    @Override
    public Integer call() throws Failure, SQLException, IOException, InterruptedException {
        if (!(installation.service(service).kind() instanceof RegisterSettings)) {
            throw new Failure(Exit.USAGE, "The service " + service + " has no feed of its own.");
        }
        if (kind == Kind.GO_BACK && until == null) {
            throw new Failure(Exit.USAGE, "Say to when: --until 2026-11-24T09:30");
        }
        try (Database database = installation.database()) {
            UUID actor = ByHand.actor(database);
            var orders = new FeedOrders(database.dataSource(), InstantSource.system());
            long number = orders.order(kind, reason, actor.toString(), until);
            String sentence =
                    "The feed was ordered to %s%s: %s".formatted(kind, until == null ? "" : " to " + until, reason);
            ByHand.record(installation.configuration(), database, new Note(service, "act.feed", sentence).by(actor));
            print(number, result(orders, number));
        }
        return Exit.OK;
    }

    private static Optional<String> result(FeedOrders orders, long number) throws SQLException, InterruptedException {
        Optional<String> result = orders.result(number);
        for (int look = 0; look < LOOKS && result.isEmpty(); look++) {
            Thread.sleep(LOOK_MILLIS);
            result = orders.result(number);
        }
        return result;
    }

    private void print(long number, Optional<String> result) {
        if (printing.json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("service", service);
            object.put("order", number);
            object.put("kind", kind.name());
            object.put("result", result.orElse(null));
            printing.object(object);
        } else {
            printing.line(result.map(done -> "Order " + number + ": " + done + ".")
                    .orElse("Order " + number + " waits: the control process carries it out at its next pass."));
        }
    }
}
