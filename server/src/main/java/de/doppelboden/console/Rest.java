package de.doppelboden.console;

import de.doppelboden.continuity.journal.JournalEntry;
import de.doppelboden.cycle.Worklist;
import de.doppelboden.database.Database;
import de.doppelboden.evidence.EvidenceReader;
import de.doppelboden.evidence.Found;
import de.doppelboden.evidence.Query;
import de.doppelboden.identity.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What the pages can do, for programs. Errors are problem+json (RFC 9457); a refusal's detail is the sentence that
 * refuses. Described by {@code /api/openapi.json}, which a test compares with this class.
 */
@RestController
@RequestMapping("/api")
class Rest {

    private static final int MOST = 500;

    private final Situation situation;
    private final Orders orders;
    private final Work work;
    private final Database database;
    private final EvidenceReader evidence;

    Rest(Situation situation, Orders orders, Work work, Database database) {
        this.situation = situation;
        this.orders = orders;
        this.work = work;
        this.database = database;
        this.evidence = new EvidenceReader(database.dataSource());
    }

    /** All services, and whether this is from the gateway or from its last state files. */
    public record ServicesAnswer(boolean live, Instant at, List<ServiceStatus> services) {}

    /** A service in full with what users got in the last day. */
    public record ServiceAnswer(boolean live, ServiceStatus service, Day day) {}

    /** An order: why, and for some kinds on which side or to which mode. */
    public record OrderRequest(String reason, String mode, String side) {}

    /** What an order came to. */
    public record OrderAnswer(String action, String reason) {}

    /** A decision about an entry in the state in which it was seen. */
    public record DecisionRequest(String seen, boolean apply, String reason) {}

    /** An entry of the journal, without what it says of people. */
    public record JournalLine(
            long number, String operation, String office, Instant at, String state, long epoch, Instant changed) {}

    /** A page of the evidence log; {@code next} continues it, 0 at its end. */
    public record EvidenceAnswer(String head, List<Found> entries, long next) {}

    /** The description of this interface. */
    @GetMapping(value = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource description() {
        return new ClassPathResource("static/api/openapi.json");
    }

    @GetMapping("/services")
    ServicesAnswer services() {
        Situation.Picture picture = situation.now();
        return new ServicesAnswer(picture.live(), picture.at(), picture.services());
    }

    @GetMapping("/services/{id}")
    ServiceAnswer service(@PathVariable String id) {
        Situation.Detail detail = situation.service(id).orElseThrow(Rest::notFound);
        return new ServiceAnswer(detail.live(), detail.service(), situation.day(id));
    }

    @PostMapping("/services/{id}/{order}")
    ResponseEntity<?> order(
            @PathVariable String id,
            @PathVariable String order,
            @RequestBody OrderRequest request,
            @AuthenticationPrincipal Session session)
            throws SQLException {
        return give(id, order, request, session);
    }

    @PostMapping("/services/{id}/{order}/{step}")
    ResponseEntity<?> order(
            @PathVariable String id,
            @PathVariable String order,
            @PathVariable String step,
            @RequestBody OrderRequest request,
            @AuthenticationPrincipal Session session)
            throws SQLException {
        return give(id, order + "/" + step, request, session);
    }

    @GetMapping("/worklist")
    List<WorkItem> worklist(@AuthenticationPrincipal Session session) throws SQLException {
        return work.waiting(session);
    }

    @GetMapping("/worklist/{service}/{number}")
    WorkItem workItem(@PathVariable String service, @PathVariable long number, @AuthenticationPrincipal Session session)
            throws SQLException {
        return work.item(service, number, session).orElseThrow(Rest::notFound);
    }

    @PostMapping("/worklist/{service}/{number}")
    ResponseEntity<?> decide(
            @PathVariable String service,
            @PathVariable long number,
            @RequestBody DecisionRequest request,
            @AuthenticationPrincipal Session session)
            throws SQLException {
        return switch (work.decide(service, number, text(request.seen), request.apply, text(request.reason), session)) {
            case DONE -> ResponseEntity.noContent().build();
            case NO_REASON -> problem(HttpStatus.UNPROCESSABLE_CONTENT, "a reason of 3 to 500 characters is missing");
            case CHANGED -> problem(HttpStatus.CONFLICT, "the entry is no longer in the state in which it was seen");
            case NOT_HERS -> problem(HttpStatus.FORBIDDEN, "this is for another office to decide");
            case UNKNOWN_ENTRY -> problem(HttpStatus.NOT_FOUND, "no such entry waits for a decision");
        };
    }

    @GetMapping("/journal/{service}")
    List<JournalLine> journal(@PathVariable String service) throws SQLException {
        if (situation.service(service).isEmpty()) {
            throw notFound();
        }
        return new Worklist(database, service).latest().stream().map(Rest::line).toList();
    }

    @GetMapping("/evidence")
    EvidenceAnswer evidence(
            @RequestParam(defaultValue = "") String service,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "0") long before,
            @RequestParam(defaultValue = "100") int limit)
            throws SQLException {
        Query query = Query.latest(Math.clamp(limit, 1, MOST));
        query = service.isEmpty() ? query : query.ofService(service);
        query = kind.isEmpty() ? query : query.ofKind(kind);
        query = text.isEmpty() ? query : query.withText(text);
        query = before > 0 ? query.before(before) : query;
        List<Found> found = evidence.find(query);
        long next = found.size() == query.limit() ? found.getLast().number() : 0;
        return new EvidenceAnswer(evidence.head().toString(), found, next);
    }

    private ResponseEntity<?> give(String id, String order, OrderRequest request, Session session) throws SQLException {
        OrderKind kind = OrderKind.ofOrder(order).orElseThrow(Rest::notFound);
        if (situation.service(id).isEmpty()) {
            throw notFound();
        }
        Orders.Wish wish = new Orders.Wish(text(request.reason), text(request.mode), text(request.side));
        return switch (orders.give(id, kind, wish, session)) {
            case Orders.Result.Done done -> ResponseEntity.ok(new OrderAnswer(done.action(), done.reason()));
            case Orders.Result.Incomplete what ->
                problem(HttpStatus.UNPROCESSABLE_CONTENT, what.field() + " is missing or not possible");
            case Orders.Result.Refused refused -> problem(HttpStatus.CONFLICT, refused.reason());
            case Orders.Result.Silent silent ->
                problem(HttpStatus.SERVICE_UNAVAILABLE, "the gateway did not answer; it may have acted all the same");
        };
    }

    private static JournalLine line(Worklist.Item item) {
        JournalEntry e = item.entry();
        return new JournalLine(
                e.number(), e.operation(), e.office(), e.at(), e.state().name(), e.epoch(), item.changed());
    }

    /** JSON may leave a field out, whatever the record says. */
    @SuppressWarnings("NullAway")
    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, detail));
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
