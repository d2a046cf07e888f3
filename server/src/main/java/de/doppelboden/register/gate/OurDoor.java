package de.doppelboden.register.gate;

import de.doppelboden.continuity.Key;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.failover.Way;
import de.doppelboden.gateway.http.Call;
import de.doppelboden.gateway.http.Exchange;
import de.doppelboden.gateway.http.Reply;
import de.doppelboden.register.RegisterOperations;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests at our own pages' address: to the control process while the standby serves, else to the primary's page. */
final class OurDoor {

    private final Parts parts;
    private final Ways ways;
    private final ToStandby standby;
    private final MirroredSearches mirrors;

    OurDoor(Parts parts, Ways ways, ToStandby standby, MirroredSearches mirrors) {
        this.parts = parts;
        this.ways = ways;
        this.standby = standby;
        this.mirrors = mirrors;
    }

    void open(Exchange exchange, Optional<ClerkSession> session, String slice) throws IOException {
        String path = exchange.request().path();
        boolean reads = exchange.request().safe();
        if (OurPages.tricky(path)) {
            exchange.refuse(400, "a path that can be read in two ways");
            return;
        }
        if (!OurPages.open(path) || (!reads && !exchange.request().method().equals("POST"))) {
            exchange.refuse(404, "no such page");
            return;
        }
        if (path.equals(OurPages.LOG_OUT) && !reads) {
            parts.logOut(exchange.request());
        }
        if (reads) {
            read(exchange, session, slice, path);
        } else {
            write(exchange, session, slice, path);
        }
    }

    private void read(Exchange exchange, Optional<ClerkSession> session, String slice, String path) throws IOException {
        String name = OurPages.operation(path, "GET");
        var operation = parts.cycle().service().operation(name == null ? RegisterOperations.SEARCH : name);
        boolean primarys = ways.read(operation, key(path), session, slice) == Way.PRIMARY;
        if (primarys && !OurPages.staysWithUs(path)) {
            var query = FormFields.parse(exchange.request().query());
            exchange.reply(Reply.seeOther(OurPages.primarys(path, query, parts.table())));
            return;
        }
        hand(exchange, session, slice, name == null || primarys ? null : operation, null);
        if (RegisterOperations.SEARCH.equals(name)
                && !exchange.request().query().isEmpty()) {
            mirrors.search(FormFields.parse(exchange.request().query()), session, slice);
        }
    }

    /** A write goes to control whoever serves: there the epoch decides, and what was entered is shown again. */
    private void write(Exchange exchange, Optional<ClerkSession> session, String slice, String path)
            throws IOException {
        String name = OurPages.operation(path, "POST");
        if (path.equals(OurPages.LOG_IN)) {
            parts.remembered().hurry(FormFields.parse(exchange.held()).getOrDefault("kennung", ""));
        }
        if (name == null) {
            hand(exchange, session, slice, logIn(path), null);
            return;
        }
        var operation = parts.cycle().service().operation(name);
        var way = ways.awaited(operation, key(path), session, slice);
        if (way == Way.HOLD) {
            exchange.reply(Gone.held(exchange.request()));
            return;
        }
        long epoch = parts.cycle().users().ownership().epoch();
        parts.cycle().writeBegins();
        try {
            hand(
                    exchange,
                    session,
                    slice,
                    way == Way.PRIMARY ? null : operation,
                    answer -> standby.journalled(answer, session, epoch));
        } finally {
            parts.cycle().writeEnded();
        }
    }

    private @Nullable Operation logIn(String path) {
        return path.equals(OurPages.LOG_IN) ? parts.cycle().service().operation(RegisterOperations.LOGIN) : null;
    }

    private void hand(
            Exchange exchange,
            Optional<ClerkSession> session,
            String slice,
            @Nullable Operation operation,
            @Nullable Consumer<Call.Responded> onAnswer)
            throws IOException {
        boolean shown = standby.hand(exchange, standby.ours(exchange, session, slice), operation, onAnswer);
        if (!shown) {
            exchange.reply(Gone.bothSides(exchange.request()));
        }
    }

    private static @Nullable Key key(String path) {
        String om = OurPages.om(path);
        return om.isEmpty() ? null : new Key("resident", om);
    }
}
