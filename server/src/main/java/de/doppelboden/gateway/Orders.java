package de.doppelboden.gateway;

import de.doppelboden.configuration.Percent;
import de.doppelboden.continuity.Decision;
import de.doppelboden.continuity.Mode;
import de.doppelboden.continuity.Order;
import de.doppelboden.continuity.Side;
import de.doppelboden.continuity.Slice;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Makes orders of the cycle from what people send. */
final class Orders {

    private static final Duration CHANGE = Duration.ofHours(4);
    private static final int MOST_TEXT = 500;

    private final Map<String, Percent> slices;

    /** @param slices the share of the users that an exercise of each service moves */
    Orders(Map<String, Percent> slices) {
        this.slices = Map.copyOf(slices);
    }

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
            case "prove" -> Optional.of(cycle.order(new Order.Prove(slice(service, body), Set.of(), actor, reason)));
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

    /** The configured share, or the named users (a list parted by commas). */
    private Slice slice(GatewayService service, JsonNode body) {
        String named = text(body, "slice");
        if (named.isBlank()) {
            var share = slices.get(service.cycle().service().id());
            return share == null ? Slice.share(5) : new Slice(new HashSet<>(), permille(share));
        }
        return new Slice(
                new HashSet<>(
                        Arrays.stream(named.split(",", 100)).map(String::strip).toList()),
                0);
    }

    private static int permille(Percent share) {
        return Math.clamp(Math.round(share.share() * 1000), 1, 1000);
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
