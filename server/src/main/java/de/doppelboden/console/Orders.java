package de.doppelboden.console;

import de.doppelboden.identity.Session;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Hands what an operator wants to the gateway or to the feed, if it is complete. The same for pages and REST. */
@Component
final class Orders {

    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;
    private static final Set<String> MODES = Set.of("OBSERVE", "ADVISE", "AUTOMATIC");
    private static final Set<String> SIDES = Set.of("PRIMARY", "STANDBY");

    private final GatewayClient gateway;
    private final StandbyFeed feed;
    private final Evidence evidence;

    Orders(GatewayClient gateway, StandbyFeed feed, Evidence evidence) {
        this.gateway = gateway;
        this.feed = feed;
        this.evidence = evidence;
    }

    /** What was typed. */
    record Wish(String reason, String mode, String side) {}

    /** What became of it. */
    sealed interface Result {

        record Done(String action, String reason) implements Result {}

        /** Something is missing: {@code reason}, {@code mode} or {@code side}. */
        record Incomplete(String field) implements Result {}

        /** Not safe, says the gateway. */
        record Refused(String reason) implements Result {}

        /** The gateway did not answer. */
        record Silent(String why) implements Result {}
    }

    Result give(String service, OrderKind kind, Wish wish, Session by) throws SQLException {
        String reason = wish.reason.strip();
        if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
            return new Result.Incomplete("reason");
        }
        if (kind.choosesMode() && !MODES.contains(wish.mode)) {
            return new Result.Incomplete("mode");
        }
        if (kind.choosesSide() && !SIDES.contains(wish.side)) {
            return new Result.Incomplete("side");
        }
        return kind.feed().isPresent()
                ? toFeed(service, kind.feed().get(), reason, by)
                : toGateway(service, kind, wish, by, reason);
    }

    private Result toGateway(String service, OrderKind kind, Wish wish, Session by, String reason) {
        var fields = kind.fields(reason, evidence.actor(by), wish.mode, wish.side);
        return switch (gateway.order(service, kind.order(), fields)) {
            case GatewayClient.Answer.Done done -> new Result.Done(done.action(), done.reason());
            case GatewayClient.Answer.Refused refused -> new Result.Refused(refused.reason());
            case GatewayClient.Answer.Silent silent -> new Result.Silent(silent.why());
        };
    }

    private Result toFeed(String service, StandbyFeed.Order order, String reason, Session by) throws SQLException {
        evidence.note(service, "act.feed", "The feed was ordered to %s: %s".formatted(order, reason), by);
        return new Result.Done(
                order.name(),
                feed.order(order, reason, evidence.actor(by))
                        .orElse("the order waits until the feed has done what it is doing"));
    }
}
