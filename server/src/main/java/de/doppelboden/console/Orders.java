package de.doppelboden.console;

import de.doppelboden.identity.Session;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Hands what an operator wants to the gateway, if it is complete. The same for pages and REST. */
@Component
final class Orders {

    private static final int SHORTEST_REASON = 3;
    private static final int LONGEST_REASON = 500;
    private static final Set<String> MODES = Set.of("OBSERVE", "ADVISE", "AUTOMATIC");
    private static final Set<String> SIDES = Set.of("PRIMARY", "STANDBY");

    private final GatewayClient gateway;
    private final Actors actors;

    Orders(GatewayClient gateway, Actors actors) {
        this.gateway = gateway;
        this.actors = actors;
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

    Result give(String service, OrderKind kind, Wish wish, Session by) {
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
        var fields = kind.fields(reason, actors.opaque(by), wish.mode, wish.side);
        return switch (gateway.order(service, kind.order(), fields)) {
            case GatewayClient.Answer.Done done -> new Result.Done(done.action(), done.reason());
            case GatewayClient.Answer.Refused refused -> new Result.Refused(refused.reason());
            case GatewayClient.Answer.Silent silent -> new Result.Silent(silent.why());
        };
    }
}
