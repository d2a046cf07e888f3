package de.doppelboden.console;

import static de.doppelboden.console.Texts.t;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What is shown when something goes wrong: a page that says what to do, or problem+json (RFC 9457) below /api. */
@Controller
final class ErrorPages implements ErrorController {

    private static final Set<Integer> EXPLAINED = Set.of(400, 401, 403, 404, 405, 409, 413, 415, 429, 503);

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return String.valueOf(path).startsWith("/api/") ? problem(status) : page(status);
    }

    static ModelAndView page(int status) {
        int shown = EXPLAINED.contains(status) ? status : status < 500 ? 400 : 500;
        ModelAndView page = new ModelAndView(
                "console/error",
                Map.of(
                        "status", status,
                        "title", t("error." + shown + ".title"),
                        "advice", t("error." + shown + ".advice")));
        page.setStatus(HttpStatusCode.valueOf(status));
        return page;
    }

    private static ResponseEntity<ProblemDetail> problem(int status) {
        ProblemDetail detail = ProblemDetail.forStatus(status);
        HttpStatus known = HttpStatus.resolve(status);
        detail.setDetail(known == null ? "the request failed" : known.getReasonPhrase());
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(detail);
    }
}
