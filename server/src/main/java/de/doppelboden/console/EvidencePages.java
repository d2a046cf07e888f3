package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.evidence.EvidenceReader;
import de.doppelboden.evidence.Found;
import de.doppelboden.evidence.Query;
import de.doppelboden.evidence.Verified;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The evidence log with its search, and whether it is as it was written. */
@Controller
final class EvidencePages {

    private static final int PAGE = 50;

    /** What the list can be narrowed to; each finds what is below it. */
    private static final List<String> KINDS =
            List.of("decision", "verdict", "act", "act.decision", "act.feed", "act.person");

    private final EvidenceReader reader;
    private final ControlSettings settings;

    EvidencePages(ControlSettings settings) {
        this.settings = settings;
        this.reader = new EvidenceReader(settings.database().dataSource());
    }

    @GetMapping("/protokoll")
    ModelAndView page(
            @RequestParam(defaultValue = "") String dienst,
            @RequestParam(defaultValue = "") String art,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String von,
            @RequestParam(defaultValue = "") String bis,
            @RequestParam(defaultValue = "0") long vor)
            throws SQLException {
        return page(new EvidenceSearch(dienst.strip(), art.strip(), text.strip(), von.strip(), bis.strip()), vor);
    }

    /** Takes a while on a long log, so it is asked for. */
    @PostMapping("/protokoll")
    ModelAndView verify() throws SQLException, IOException {
        ModelAndView page = page(new EvidenceSearch("", "", "", "", ""), 0);
        Verified verified = reader.verify(settings.data().resolve("evidence"), List.of());
        page.addObject("verified", verified.sentence());
        page.addObject("intact", verified instanceof Verified.Intact);
        return page;
    }

    private ModelAndView page(EvidenceSearch search, long before) throws SQLException {
        List<Found> found = reader.find(query(search, before));
        List<EvidenceLine> lines = found.stream().map(this::line).toList();
        Map<String, Object> model = new HashMap<>();
        model.put("search", search);
        model.put("lines", lines);
        model.put("services", settings.services());
        model.put("kinds", KINDS);
        model.put("head", reader.head().toString());
        model.put("next", found.size() == PAGE ? found.getLast().number() : 0L);
        return new ModelAndView("console/evidence", model);
    }

    private static Query query(EvidenceSearch search, long before) {
        Query query = Query.latest(PAGE);
        if (!search.dienst().isEmpty()) {
            query = query.ofService(search.dienst());
        }
        if (!search.art().isEmpty()) {
            query = query.ofKind(search.art());
        }
        if (!search.text().isEmpty()) {
            query = query.withText(search.text());
        }
        if (!search.von().isEmpty() || !search.bis().isEmpty()) {
            Instant from = day(search.von(), 0).orElse(Instant.EPOCH);
            Instant until = day(search.bis(), 1).orElse(Instant.parse("9999-01-01T00:00:00Z"));
            query = query.between(from, until);
        }
        return before > 0 ? query.before(before) : query;
    }

    /** The beginning of a day as a date field gives it; what is no date does not narrow. */
    private static Optional<Instant> day(String date, int plusDays) {
        try {
            return Optional.of(LocalDate.parse(date)
                    .plusDays(plusDays)
                    .atStartOfDay(Moments.ZONE)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private EvidenceLine line(Found found) {
        var note = found.entry().note();
        return new EvidenceLine(
                found.number(),
                Moments.day(found.entry().at()) + ", "
                        + Moments.clock(found.entry().at()),
                name(note.service()),
                kind(note.kind()),
                note.text(),
                found.person().orElse(note.person().isPresent() ? t("evidence.forgotten") : ""),
                found.position().isPresent());
    }

    private String name(String service) {
        return settings.services().stream()
                .filter(known -> known.id().equals(service))
                .findFirst()
                .map(ControlSettings.KnownService::name)
                .orElse(service);
    }

    private static String kind(String kind) {
        if (Texts.has("evidence." + kind)) {
            return t("evidence." + kind);
        }
        String action =
                kind.substring(kind.indexOf('.') + 1).toUpperCase(Locale.ROOT).replace('-', '_');
        if (!Texts.has("action." + action)) {
            return kind;
        }
        String german = t("action." + action);
        return kind.startsWith("act.") ? t("evidence.ordered", german) : german;
    }
}
