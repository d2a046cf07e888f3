package de.doppelboden.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** A database that is away is nobody's mistake: 503 and what to do, instead of 500. */
@ControllerAdvice(basePackages = {"de.doppelboden.console", "de.doppelboden.register.counter"})
final class AwayHandler {

    private static final Logger LOG = LoggerFactory.getLogger(AwayHandler.class);

    @ExceptionHandler(SQLException.class)
    void away(SQLException e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.warn("{} needs the database: {}", request.getRequestURI(), e.getMessage());
        response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
}
