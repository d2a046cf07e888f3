package de.doppelboden.console;

import de.doppelboden.continuity.feed.FeedState.Phase;
import de.doppelboden.identity.Role;
import de.doppelboden.identity.Session;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an operator can order for a service. Each has a page of its own that says what will happen and asks why. */
public enum OrderKind {
    FAIL_OVER("umschalten", "failover"),
    FAIL_BACK("zurueckfuehren", "failback"),
    LIFT("rueckfuehrung-freigeben", "lift"),
    PROVE("ueben", "prove"),
    PROVE_END("uebung-beenden", "prove/end"),
    PAUSE("anhalten", "pause"),
    RESUME("fortsetzen", "resume"),
    MODE("betriebsart", "mode"),
    CHANGE_OPEN("aenderung-erlauben", "change/open"),
    CHANGE_VERIFY("aenderung-pruefen", "change/verify"),
    CHANGE_CLOSE("aenderung-abschliessen", "change/close"),
    FEED_ACCEPT("zulauf-annehmen", "feed/accept", StandbyFeed.Order.ACCEPT),
    FEED_RELEASE("zulauf-fortsetzen", "feed/release", StandbyFeed.Order.RELEASE),
    FEED_HOLD("zulauf-anhalten", "feed/hold", StandbyFeed.Order.HOLD),
    FEED_COMPARE("seiten-vergleichen", "feed/compare", StandbyFeed.Order.COMPARE);

    private final String slug;
    private final String order;
    private final StandbyFeed.@Nullable Order feed;

    OrderKind(String slug, String order) {
        this(slug, order, null);
    }

    OrderKind(String slug, String order, StandbyFeed.@Nullable Order feed) {
        this.slug = slug;
        this.order = order;
        this.feed = feed;
    }

    /** In the address of its page. */
    public String slug() {
        return slug;
    }

    /** In the address of the gateway's interface and of ours. */
    String order() {
        return order;
    }

    /** What the feed is told; empty for what is for the gateway. */
    public Optional<StandbyFeed.Order> feed() {
        return Optional.ofNullable(feed);
    }

    static Optional<OrderKind> ofSlug(String slug) {
        return Arrays.stream(values()).filter(kind -> kind.slug.equals(slug)).findFirst();
    }

    static Optional<OrderKind> ofOrder(String order) {
        return Arrays.stream(values()).filter(kind -> kind.order.equals(order)).findFirst();
    }

    /** Whether it makes sense now; the gateway decides whether it is safe. */
    boolean offered(ServiceStatus s) {
        String stage = s.permit().map(ServiceStatus.PermitStatus::stage).orElse("CLOSED");
        boolean paused = s.mode().equals("PAUSED");
        String feedPhase = s.feed().map(ServiceStatus.Feed::phase).orElse("");
        return switch (this) {
            case FAIL_OVER -> !s.onStandby();
            case FAIL_BACK -> s.onStandby();
            case LIFT -> s.onStandby() || s.classesOnStandby().isPresent();
            case PROVE_END -> s.state().equals("EXERCISING");
            case PROVE -> s.state().equals("NORMAL") && !paused;
            case PAUSE -> !paused;
            case RESUME -> paused;
            case MODE -> !paused;
            case CHANGE_OPEN -> stage.equals("CLOSED");
            case CHANGE_VERIFY -> stage.equals("OPEN") || stage.equals("HELD");
            case CHANGE_CLOSE -> stage.equals("VERIFYING") || stage.equals("HELD");
            case FEED_ACCEPT -> feedPhase.equals(Phase.ASKING.name());
            case FEED_RELEASE -> feedPhase.equals(Phase.HELD.name()) && stage.equals("CLOSED");
            case FEED_HOLD, FEED_COMPARE ->
                feedPhase.equals(Phase.RUNNING.name())
                        && s.feed().filter(feed -> !feed.withoutCopy()).isPresent();
        };
    }

    boolean choosesMode() {
        return this == MODE;
    }

    boolean choosesSide() {
        return this == CHANGE_OPEN;
    }

    /** What {@code person} may order for a service now. */
    static List<OrderKind> offered(ServiceStatus service, Session person) {
        return person.is(Role.OPERATOR)
                ? Arrays.stream(values()).filter(kind -> kind.offered(service)).toList()
                : List.of();
    }

    /** What the gateway is told. */
    Map<String, String> fields(String reason, String by, String mode, String side) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("reason", reason);
        fields.put("by", by);
        if (choosesMode()) {
            fields.put("mode", mode);
        }
        if (choosesSide()) {
            fields.put("side", side);
        }
        return fields;
    }
}
