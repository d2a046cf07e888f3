package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import de.doppelboden.console.RecordingReader.Recorded;
import de.doppelboden.continuity.hindsight.WhatIf;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/**
 * What other settings would have done in the last hour. It is played here and not in the gateway, one at a time, because it takes
 * seconds of a processor; and it changes nothing.
 */
@Controller
final class WhatIfPages {

    /** For each of the two plays. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Situation situation;
    private final RecordingReader recordings;
    private final InstantSource clock;
    private final Semaphore playing = new Semaphore(1);

    WhatIfPages(Situation situation, RecordingReader recordings, InstantSource clock) {
        this.situation = situation;
        this.recordings = recordings;
        this.clock = clock;
    }

    @GetMapping("/dienste/{id}/was-waere-wenn")
    ModelAndView page(@PathVariable String id, @RequestParam Map<String, String> asked) {
        if (situation.service(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (!playing.tryAcquire()) {
            return page(id, "what.busy", HttpStatus.SERVICE_UNAVAILABLE);
        }
        try {
            return answer(id, recordings.recording(id), asked);
        } catch (IOException away) {
            return page(id, "what.away", HttpStatus.SERVICE_UNAVAILABLE);
        } finally {
            playing.release();
        }
    }

    private ModelAndView answer(String id, Recorded recorded, Map<String, String> asked) {
        if (recorded.recording().operations().isEmpty()) {
            return page(id, "what.nothing", HttpStatus.OK);
        }
        WhatIfSettings today = WhatIfSettings.inForce(recorded.service());
        if (asked.isEmpty()) {
            return form(id, today.fields(), "", HttpStatus.OK);
        }
        List<WhatIfSettings.Field> fields = today.fields(asked);
        if (fields.stream().anyMatch(field -> !field.error().isEmpty())) {
            return form(id, fields, "what.wrong", HttpStatus.BAD_REQUEST);
        }
        WhatIfSettings other = WhatIfSettings.of(fields);
        WhatIf.Result asItIs = play(recorded, today, today);
        WhatIf.Result asAsked = play(recorded, other, today);
        Instant now = clock.instant();
        ModelAndView page = form(id, fields, "", HttpStatus.OK);
        page.addObject(
                "played",
                Optional.of(new WhatIfPlayed(
                        recorded.recording(),
                        situation.day(id).decisions(),
                        WhatIf.inTruth(recorded.recording()),
                        asItIs,
                        asAsked,
                        now)));
        return page;
    }

    private WhatIf.Result play(Recorded recorded, WhatIfSettings with, WhatIfSettings today) {
        Instant end = clock.instant().plus(PATIENCE);
        return WhatIf.play(
                recorded.recording(),
                with.on(recorded.service()),
                with.budgets(today),
                () -> clock.instant().isBefore(end));
    }

    private ModelAndView form(String id, List<WhatIfSettings.Field> fields, String problem, HttpStatus status) {
        ModelAndView page = page(id, problem, status);
        page.addObject("fields", fields);
        return page;
    }

    private ModelAndView page(String id, String problem, HttpStatus status) {
        Map<String, Object> model = new HashMap<>();
        model.put("id", id);
        model.put("name", situation.known(id).name());
        model.put("problem", problem.isEmpty() ? "" : t(problem));
        return new ModelAndView("console/what-if", model, status);
    }
}
