package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.ServiceStatus.Feed;
import de.doppelboden.console.ServiceStatus.ProofStatus;
import de.doppelboden.continuity.feed.FeedState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service as the situation page shows it.
 *
 * @param tone of the badge: success, warning, danger, info
 * @param meaning what it means for the people who depend on the service
 * @param since "seit 11:02 Uhr (3 Minuten)"; empty if unknown
 * @param reason of the loop, in its own English words; empty if unknown
 * @param facts label and value, in the order in which they matter
 * @param orders what the person who looks may order now
 */
public record Card(
        String id,
        String name,
        String tone,
        String headline,
        String meaning,
        String since,
        String reason,
        String evidence,
        String feedReason,
        List<Fact> facts,
        List<OrderKind> orders) {

    private static final Duration STALE = Duration.ofSeconds(30);
    private static final Duration CERTIFICATE_SOON = Duration.ofDays(21);

    /** One line of the card; {@code tone} is empty for an ordinary one. */
    public record Fact(String label, String value, String tone) {}

    static Card of(ServiceStatus s, Instant now, List<OrderKind> orders) {
        String state = Texts.has("state." + s.state()) ? s.state() : "UNKNOWN";
        return new Card(
                s.id(),
                s.name(),
                tone(s),
                t("state." + state),
                meaning(s, state),
                s.since().map(at -> since(at, now)).orElse(""),
                reason(s),
                s.judgement().sentence(),
                feedReason(s),
                facts(s, now),
                orders);
    }

    private static String meaning(ServiceStatus s, String state) {
        if (state.equals("NORMAL")) {
            return normal(s);
        }
        String key = "state." + state + ".meaning";
        String own = key
                + s.feed()
                        .filter(Feed::withoutCopy)
                        .map(feed -> "." + keptBy(feed))
                        .orElse("");
        return t(Texts.has(own) ? own : key);
    }

    /** That all went well an hour ago explains nothing while the primary is ill. */
    private static String reason(ServiceStatus s) {
        boolean wellOnPrimary =
                Set.of("HEALTHY", "UNKNOWN", "").contains(s.judgement().primary());
        return wellOnPrimary || !s.state().equals("NORMAL") ? s.reason() : "";
    }

    /** Who is on the primary need not be served there. */
    private static String normal(ServiceStatus s) {
        String primary = s.judgement().primary();
        String base = "state.NORMAL.meaning";
        if (primary.equals("FAILED") && s.judgement().standby().equals("FAILED")) {
            return t(base + ".neither");
        }
        return s.classesOnStandby()
                .map(moved -> t(base + ".partly", moved))
                .orElseGet(() -> t(Texts.has(base + "." + primary) ? base + "." + primary : base));
    }

    private static String keptBy(Feed feed) {
        return feed.reason().equals(FeedState.NOT_NEEDED.reason()) ? "shared" : "others";
    }

    /** Only where there is something to explain. */
    private static String feedReason(ServiceStatus s) {
        return s.feed()
                .filter(feed -> !feed.phase().equals("RUNNING"))
                .map(Feed::reason)
                .orElse("");
    }

    private static String since(Instant at, Instant now) {
        return t("card.since", Moments.when(at, now), Moments.span(Duration.between(at, now)));
    }

    private static String tone(ServiceStatus s) {
        return switch (s.state()) {
            case "NORMAL" -> normalTone(s.judgement().primary());
            case "EXERCISING" -> "info";
            case "FAILING_OVER", "ON_STANDBY", "RECONCILING", "RETURNING" -> "warning";
            default -> "danger";
        };
    }

    private static String normalTone(String primary) {
        return switch (primary) {
            case "FAILED" -> "danger";
            case "DEGRADED" -> "warning";
            default -> "success";
        };
    }

    private static List<Fact> facts(ServiceStatus s, Instant now) {
        List<Fact> facts = new ArrayList<>();
        if (!s.judgement().primary().isEmpty()) {
            facts.add(verdict("card.primary", s.judgement().primary()));
            facts.add(verdict("card.standby", s.judgement().standby()));
        }
        s.feed().ifPresent(feed -> facts.add(feed(feed, now)));
        facts.add(proof(s.proof(), now));
        s.journal().ifPresent(journal -> {
            facts.add(new Fact(t("card.journal"), String.valueOf(journal.open()), journal.open() > 0 ? "info" : ""));
            facts.add(new Fact(
                    t("card.worklist"), String.valueOf(journal.worklist()), journal.worklist() > 0 ? "warning" : ""));
        });
        if (Texts.has("mode." + s.mode())) {
            String tone = s.mode().equals("AUTOMATIC") ? "" : "info";
            facts.add(new Fact(t("card.mode"), t("mode." + s.mode()), tone));
        }
        s.permit()
                .filter(permit -> !permit.stage().equals("CLOSED"))
                .ifPresent(permit -> facts.add(new Fact(
                        t("card.permit"),
                        t("permit.on", t("side." + permit.side()), t("permit." + permit.stage())),
                        permit.stage().equals("HELD") ? "danger" : "info")));
        s.certificateExpires().flatMap(at -> certificate(at, now)).ifPresent(facts::add);
        return facts;
    }

    /** Only when it needs somebody's attention. */
    private static Optional<Fact> certificate(Instant expires, Instant now) {
        if (expires.isAfter(now.plus(CERTIFICATE_SOON))) {
            return Optional.empty();
        }
        boolean over = !expires.isAfter(now);
        return Optional.of(new Fact(
                t("card.certificate"),
                over
                        ? t("card.certificate.expired", Moments.when(expires, now))
                        : t(
                                "card.certificate.soon",
                                Moments.when(expires, now),
                                Moments.span(Duration.between(now, expires))),
                over ? "danger" : "warning"));
    }

    private static Fact verdict(String label, String verdict) {
        String known = Texts.has("verdict." + verdict) ? verdict : "UNKNOWN";
        String tone = switch (known) {
            case "HEALTHY" -> "success";
            case "DEGRADED" -> "warning";
            case "FAILED" -> "danger";
            default -> "info";
        };
        return new Fact(t(label), t("verdict." + known), tone);
    }

    private static Fact feed(Feed feed, Instant now) {
        String label = t("card.lag");
        if (feed.phase().equals("FIRST_COPY")) {
            return new Fact(label, t("card.lag.loading"), "warning");
        }
        if (feed.asOf().isEmpty()) {
            return feed.withoutCopy()
                    ? new Fact(label, t("card.lag." + keptBy(feed)), "")
                    : new Fact(label, t("card.lag.none"), "danger");
        }
        Duration behind = feed.lag().orElse(Duration.between(feed.asOf().get(), now));
        String tone = behind.compareTo(STALE) > 0 ? "warning" : "";
        String text = t("card.lag.asOf", Moments.clock(feed.asOf().get()), Moments.span(behind));
        return switch (feed.phase()) {
            case "ASKING" -> new Fact(label, t("card.lag.asking", text), "danger");
            case "HELD" -> new Fact(label, t("card.lag.held", text), "info");
            case "CUT_OFF" -> new Fact(label, t("card.lag.cut", text), tone);
            default -> new Fact(label, text, tone);
        };
    }

    private static Fact proof(Optional<ProofStatus> proof, Instant now) {
        String label = t("card.proof");
        if (proof.isEmpty()) {
            return new Fact(label, t("card.proof.none"), "warning");
        }
        String age = Moments.ago(proof.get().at(), now);
        return proof.get().fresh()
                ? new Fact(label, t("card.proof.fresh", age), "")
                : new Fact(label, t("card.proof.expired", age), "warning");
    }
}
