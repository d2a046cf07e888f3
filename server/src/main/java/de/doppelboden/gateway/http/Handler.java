package de.doppelboden.gateway.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a listener does with its users' requests. */
public interface Handler {

    /** Answers one request, on the connection's own virtual thread; may block. */
    void handle(Exchange exchange) throws IOException;

    /** The page or problem+json that says what was wrong; {@code head} is null when there was none that could be read. */
    Reply refusal(int status, String detail, @Nullable RequestHead head);
}
