package de.doppelboden.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One figure of a measurement.
 *
 * @param peer what was measured beside it in the same run
 * @param target what it has to reach, where that was promised
 */
record Row(String name, String unit, double value, Optional<Peer> peer, Optional<Target> target) {

    /** Somebody else's figure for the same. */
    record Peer(String name, double value) {}

    Row(String name, String unit, double value) {
        this(name, unit, value, Optional.empty(), Optional.empty());
    }

    Row beside(String peerName, double peerValue) {
        return new Row(name, unit, value, Optional.of(new Peer(peerName, peerValue)), target);
    }

    Row against(Target promised) {
        return new Row(name, unit, value, peer, Optional.of(promised));
    }

    /** The value as a share of the peer's; NaN without a peer, and where the peer's is nothing, or less by chance. */
    double ratio() {
        return peer.filter(p -> p.value() > 0).map(p -> value / p.value()).orElse(Double.NaN);
    }

    /** What the target is about. */
    private double judged(Target promised) {
        return switch (promised.of()) {
            case VALUE -> value;
            case RATIO -> ratio();
        };
    }

    /** Empty where nothing was promised. */
    Optional<Boolean> met() {
        return target.map(promised -> promised.met(judged(promised)));
    }

    Optional<Boolean> aimMet() {
        return target.map(promised -> promised.aimMet(judged(promised)));
    }

    /** Has every key; null where there is no peer or no promise. */
    ObjectNode json() {
        ObjectNode row = JsonMapper.shared().createObjectNode();
        row.put("name", name).put("unit", unit);
        row.put("value", rounded(value));
        row.put("peer", peer.map(Peer::name).orElse(null));
        row.put("peerValue", rounded(peer.map(Peer::value).orElse(Double.NaN)));
        row.put("ratio", rounded(ratio()));
        row.put("must", rounded(target.map(Target::must).orElse(Double.NaN)));
        row.put("aim", rounded(target.map(Target::aim).orElse(Double.NaN)));
        row.put("met", met().orElse(null));
        row.put("aimMet", aimMet().orElse(null));
        return row;
    }

    /** Three digits, or all before the point: more is noise. Null for what is not a number. */
    static @org.jspecify.annotations.Nullable BigDecimal rounded(double figure) {
        if (Double.isNaN(figure) || Double.isInfinite(figure)) {
            return null;
        }
        BigDecimal exact = BigDecimal.valueOf(figure);
        BigDecimal whole = exact.setScale(0, java.math.RoundingMode.HALF_EVEN);
        BigDecimal cut = whole.precision() >= 3 && whole.signum() != 0 ? whole : exact.round(new MathContext(3));
        return new BigDecimal(cut.stripTrailingZeros().toPlainString());
    }
}
