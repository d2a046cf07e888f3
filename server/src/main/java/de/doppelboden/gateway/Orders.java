package de.doppelboden.gateway;

import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Makes orders of the cycle from what people send. */
final class Orders {

    private static final Duration CHANGE = Duration.ofHours(4);
    private static final int MOST_TEXT = 500;

    /** Empty if there is no such order. */
    Optional<Decision> give(GatewayService service, String what, JsonNode body) {
        String reason = text(body, "reason");
        String actor = text(body, body.has("by") ? "by" : "actor");
        var cycle = service.cycle();
        return switch (what) {
            case "failover" -> Optional.of(cycle.order(new Order.FailOver(actor, reason)));
            case "failback" -> Optional.of(cycle.order(new Order.FailBack(actor, reason)));
            case "pause" -> Optional.of(cycle.order(new Order.Pause(actor, reason)));
            case "resume" -> Optional.of(cycle.order(new Order.Resume(actor, reason)));
            case "prove" -> Optional.of(cycle.order(prove(service, body, actor, reason)));
            case "prove/end" -> Optional.of(cycle.order(new Order.EndExercise(actor, reason)));
            case "lift" -> Optional.of(cycle.order(new Order.LiftReturnBound(actor, reason)));
            case "gone" -> Optional.of(cycle.order(new Order.DeclareGone(text(body, "gateway"), actor, reason)));
            case "mode" -> Optional.of(cycle.order(new Order.Act(oneOf(Mode.class, body, "mode"), actor, reason)));
            case "change/open" ->
                Optional.of(cycle.openChange(
                        oneOf(Side.class, body, "side"),
                        body.has("what") ? text(body, "what") : reason,
                        CHANGE,
                        actor));
            case "change/verify" -> Optional.of(cycle.verifyChange(actor));
            case "change/close" -> Optional.of(cycle.closeChange(actor, reason));
            default -> Optional.empty();
        };
    }

    /** The configured share of the keys, and of the users, or the named users (a list parted by commas). */
    private static Order.Prove prove(GatewayService service, JsonNode body, String actor, String reason) {
        var share = service.cycle().service().proof().slice();
        String named = text(body, "slice");
        var users = named.isBlank()
                ? share
                : Slice.named(
                        Arrays.stream(named.split(",", 100)).map(String::strip).toArray(String[]::new));
        return new Order.Prove(users, share, actor, reason);
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, JsonNode body, String field) {
        String value = text(body, field).toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(field + " is one of " + Arrays.toString(type.getEnumConstants())));
    }

    private static String text(JsonNode body, String field) {
        String text = body.path(field).asString("").strip();
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    }
}
