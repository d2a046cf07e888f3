package de.doppelboden.register.replay;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What came of one call to the primary's interface. */
sealed interface Answer {

    /** An answer of the interface itself: JSON. */
    record Json(int status, JsonNode body) implements Answer {

        String text(String name) {
            return body.path(name).asString("");
        }
    }

    /** An answer that the interface does not give, such as a page; what stands behind it cannot be relied upon. */
    record Strange(int status) implements Answer {}

    /** No connection came about: surely nothing was done. */
    record NotSent(String reason) implements Answer {}

    /** It was sent, or may have been, and not answered. */
    record Lost(String reason) implements Answer {}

    /** Tells an answer of the interface from a page that something else put in its place. */
    static Answer of(int status, String contentType, String body) {
        if (!contentType.contains("json")) {
            return new Strange(status);
        }
        try {
            var json = body.isEmpty() ? MissingNode.getInstance() : Mapper.JSON.readTree(body);
            return json.isObject() ? new Json(status, json) : new Strange(status);
        } catch (JacksonException e) {
            return new Strange(status);
        }
    }

    /** Kept apart because an interface has no private constants. */
    final class Mapper {
        private static final JsonMapper JSON = JsonMapper.builder().build();

        private Mapper() {}
    }
}
