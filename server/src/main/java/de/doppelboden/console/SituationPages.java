package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.identity.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The situation page, and the part of it that is fetched again every few seconds. */
@Controller
final class SituationPages {

    private static final Set<OrderKind> URGENT = EnumSet.of(
            OrderKind.FAIL_OVER, OrderKind.FAIL_BACK, OrderKind.RESUME, OrderKind.FEED_ACCEPT, OrderKind.FEED_RELEASE);

    private final Situation situation;
    private final InstantSource clock;

    SituationPages(Situation situation, InstantSource clock) {
        this.situation = situation;
        this.clock = clock;
    }

    @GetMapping("/")
    ModelAndView page(@RequestParam(defaultValue = "") String anhalten, @AuthenticationPrincipal Session session) {
        return new ModelAndView("console/situation", model(session, !anhalten.isEmpty()));
    }

    @GetMapping("/lage")
    ModelAndView part(@AuthenticationPrincipal Session session) {
        return new ModelAndView("console/situation-part", model(session, false));
    }

    /** @param still the page does not renew itself */
    private Map<String, Object> model(Session session, boolean still) {
        Instant now = clock.instant();
        Situation.Picture picture = situation.now();
        List<Card> cards = picture.services().stream()
                .map(s -> Card.of(s, now, urgent(OrderKind.offered(s, session))))
                .toList();
        Map<String, Object> model = new HashMap<>();
        model.put("cards", cards);
        model.put("live", picture.live());
        model.put("headline", headline(picture));
        model.put("asOf", Moments.clock(now));
        model.put("still", still);
        return model;
    }

    /** The orders that cannot wait until the service's page is open. */
    private static List<OrderKind> urgent(List<OrderKind> orders) {
        return orders.stream().filter(URGENT::contains).toList();
    }

    private static String headline(Situation.Picture picture) {
        if (picture.services().isEmpty()) {
            return t("situation.nothing");
        }
        List<String> moved = picture.services().stream()
                .filter(ServiceStatus::onStandby)
                .map(ServiceStatus::name)
                .toList();
        return switch (moved.size()) {
            case 0 ->
                picture.services().stream()
                        .filter(SituationPages::primaryIll)
                        .findFirst()
                        .map(service ->
                                t(neither(service) ? "situation.neither" : "situation.notMoved", service.name()))
                        .orElseGet(() -> t("situation.allNormal"));
            case 1 -> t("situation.oneMoved", moved.getFirst());
            default -> t("situation.manyMoved", moved.size(), String.join(", ", moved));
        };
    }

    private static boolean neither(ServiceStatus service) {
        return service.judgement().primary().equals("FAILED")
                && service.judgement().standby().equals("FAILED");
    }

    private static boolean primaryIll(ServiceStatus service) {
        return Set.of("FAILED", "DEGRADED").contains(service.judgement().primary());
    }
}
