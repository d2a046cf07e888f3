package de.doppelboden.register.replay;

import de.doppelboden.configuration.DataFolder;
import de.doppelboden.configuration.RegisterSettings;
import de.doppelboden.continuity.journal.EntryState;
import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.continuity.journal.Reconciliation;
import de.doppelboden.continuity.journal.Replay;
import de.doppelboden.register.RegisterOrder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Hands the register's journal back by the primary's interface for orders. */
public final class RegisterReplay implements Replay, AutoCloseable {

    private static final String ORDERS = "/api/v1/auftraege";
    private static final String PERSONS = "/api/v1/personen";
    private static final String UNKEYED = "unkeyed-";

    /** Refusals that may pass: of the token, of too many, of the moment. */
    private static final Set<Integer> NOT_NOW = Set.of(401, 403, 408, 429);

    private final OrderInterface primary;

    RegisterReplay(URI base, String token, Duration timeout) {
        this(new OrderInterface(base, token, timeout, Optional.empty()));
    }

    private RegisterReplay(OrderInterface primary) {
        this.primary = primary;
    }

    /**
     * As configured; reads the token's file once.
     *
     * @param trust whose certificates are believed when the interface has https
     */
    public static RegisterReplay of(RegisterSettings.ReplaySettings settings, Optional<SSLContext> trust)
            throws IOException {
        String token = DataFolder.readSecret(settings.tokenFile());
        return new RegisterReplay(new OrderInterface(settings.url(), token, settings.timeout(), trust));
    }

    @Override
    public Reconciliation apply(JournalEntry entry) {
        var order = RegisterOrder.parse(entry.payload());
        if (order.isEmpty()) {
            return new Reconciliation.Unknown("the entry is no order that the primary's interface takes");
        }
        return switch (base(entry, order.get())) {
            case Base.Known known -> send(entry, rebased(order.get(), known.version()));
            case Base.Gone gone -> new Reconciliation.Conflict(gone.answer(), entry.payload());
            case Base.NotNow later -> new Reconciliation.RetryLater(later.reason());
        };
    }

    @Override
    public Reconciliation lookUp(JournalEntry entry) {
        if (entry.idempotencyKey().startsWith(UNKEYED)) {
            return new Reconciliation.Unknown("the form had no key by which the primary could recognise it");
        }
        return switch (primary.get(ORDERS, entry.idempotencyKey())) {
            case Answer.Json(int status, var body)
            when status == 200 && body.has("auftrag") ->
                new Reconciliation.AlreadyApplied(reference(new Answer.Json(status, body)));
            case Answer.Json(int status, var body) when status == 404 -> new Reconciliation.Absent();
            case Answer.Json(int status, var body)
            when status >= 400 && status < 500 && !NOT_NOW.contains(status) ->
                new Reconciliation.Unknown("the primary answers " + status + " to the question for this key");
            case Answer.Json(int status, var body) -> new Reconciliation.RetryLater("the primary answers " + status);
            case Answer.Strange strange -> new Reconciliation.RetryLater(page(strange));
            case Answer.NotSent notSent -> new Reconciliation.RetryLater(notSent.reason());
            case Answer.Lost lost -> new Reconciliation.RetryLater(lost.reason());
        };
    }

    private Reconciliation send(JournalEntry entry, RegisterOrder order) {
        return switch (primary.post(ORDERS, entry.idempotencyKey(), order.json())) {
            case Answer.Json json -> unlessItHasIt(entry, judged(entry, json));
            // A page in place of JSON: whoever answered, it was not the interface, and what it did is not known.
            case Answer.Strange strange -> new Reconciliation.Unknown(page(strange));
            case Answer.NotSent notSent -> new Reconciliation.RetryLater(notSent.reason());
            case Answer.Lost lost -> new Reconciliation.Unknown(lost.reason());
        };
    }

    /** The form may have been under way to the primary as well, and carried out in this moment: a conflict with itself is none. */
    private Reconciliation unlessItHasIt(JournalEntry entry, Reconciliation found) {
        return found instanceof Reconciliation.Conflict && lookUp(entry) instanceof Reconciliation.AlreadyApplied had
                ? had
                : found;
    }

    private Reconciliation judged(JournalEntry entry, Answer.Json answer) {
        return switch (answer.status()) {
            case 201 ->
                answer.body().has("auftrag")
                        ? new Reconciliation.Applied(reference(answer))
                        : new Reconciliation.Unknown("the primary says done and names no order");
            case 200 ->
                answer.body().has("auftrag")
                        ? new Reconciliation.AlreadyApplied(reference(answer))
                        : new Reconciliation.Unknown("the primary says done and names no order");
            case 409 ->
                new Reconciliation.Conflict(
                        answer.body().has("aktuell")
                                ? answer.body().path("aktuell").toString()
                                : answer.body().toString(),
                        entry.payload());
            case 401, 403, 408, 429, 503 -> new Reconciliation.RetryLater("the primary answers " + answer.status());
            default ->
                answer.status() >= 500
                        ? new Reconciliation.Unknown("the primary answers " + answer.status())
                        // Refused for good (no such person, not plausible, key of another order): a person has to look.
                        : new Reconciliation.Conflict(answer.body().toString(), entry.payload());
        };
    }

    /** Which version of the record the order is based on, as the primary counts. */
    private Base base(JournalEntry entry, RegisterOrder order) {
        if (order.kind() != RegisterOrder.Kind.MOVE) {
            return new Base.Known(order.base());
        }
        if (entry.state() == EntryState.DECIDED_APPLY || entry.baseVersion().equals(JournalEntry.ANY_VERSION)) {
            return present(order.om());
        }
        int plus = order.base().indexOf('+');
        return plus < 0
                ? new Base.Known(order.base())
                : after(order.base().substring(0, plus), order.base().substring(plus + 1));
    }

    /** A person decided: whatever the record is now. */
    private Base present(String om) {
        return switch (primary.get(PERSONS, om)) {
            case Answer.Json json
            when json.status() == 200 && !json.text("stand").isEmpty() -> new Base.Known(json.text("stand"));
            case Answer.Json json
            when json.status() == 404 -> new Base.Gone(json.body().toString());
            case Answer.Json json -> new Base.NotNow("the primary answers " + json.status());
            case Answer.Strange strange -> new Base.NotNow(page(strange));
            case Answer.NotSent notSent -> new Base.NotNow(notSent.reason());
            case Answer.Lost lost -> new Base.NotNow(lost.reason());
        };
    }

    /** The clerk saw the act before this one as done; its result at the primary is the base, or the record without it. */
    private Base after(String version, String earlier) {
        return switch (primary.get(ORDERS, earlier)) {
            case Answer.Json json
            when json.status() == 200 && !json.text("stand").isEmpty() -> new Base.Known(json.text("stand"));
            case Answer.Json json when json.status() == 404 -> new Base.Known(version);
            case Answer.Json json -> new Base.NotNow("the primary answers " + json.status());
            case Answer.Strange strange -> new Base.NotNow(page(strange));
            case Answer.NotSent notSent -> new Base.NotNow(notSent.reason());
            case Answer.Lost lost -> new Base.NotNow(lost.reason());
        };
    }

    private static RegisterOrder rebased(RegisterOrder order, String version) {
        return new RegisterOrder(
                order.kind(), order.om(), version, order.fields(), order.clerk(), order.office(), order.received());
    }

    private static String reference(Answer.Json answer) {
        return "order " + answer.text("auftrag") + ", version " + answer.text("stand");
    }

    private static String page(Answer.Strange strange) {
        return "the primary answers " + strange.status() + " with something that is not its interface";
    }

    @Override
    public void close() {
        primary.close();
    }

    /** The version an order is based on. */
    private sealed interface Base {
        record Known(String version) implements Base {}

        record Gone(String answer) implements Base {}

        record NotNow(String reason) implements Base {}
    }
}
