package de.doppelboden.register.gate;

import de.doppelboden.gateway.http.Reply.Field;
import de.doppelboden.gateway.http.SideRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The person search of other programs (docs/protocols/person-search.yaml), which both sides answer alike.
 *
 * @param path that it begins at
 * @param tokens that are accepted; the first is ours
 */
public record SearchInterface(String path, List<String> tokens) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BEARER = "Bearer ";

    public SearchInterface {
        tokens = List.copyOf(tokens);
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("the person search needs at least one token");
        }
    }

    boolean covers(String requestPath) {
        return requestPath.equals(path) || requestPath.startsWith(path.endsWith("/") ? path : path + "/");
    }

    /** Whether the Authorization field carries a token that is known; takes the same time for each wrong one. */
    boolean admits(Optional<String> authorization) {
        String header = authorization.orElse("");
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] given = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        boolean known = false;
        for (String token : tokens) {
            known |= MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
        }
        return known;
    }

    /** A search as a program would ask it, for the clerk of that log-in. Fields by our names: familienname, vorname, geburtsdatum. */
    public SideRequest search(Map<String, String> fields, String login) {
        var body = JSON.createObjectNode();
        body.putObject("benutzer").put("benutzerId", login);
        var criteria = body.putObject("suchkriterien");
        criteria.put("datensatzstatus", "OHNE_EINSCHRAENKUNG");
        for (String name : List.of("familienname", "vorname")) {
            String value = fields.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                criteria.put(name, value);
            }
        }
        String born = fields.getOrDefault("geburtsdatum", "").strip();
        if (born.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            criteria.putObject("geburtsdatum").put("datum", born);
        }
        return SideRequest.post(
                path + "/person/search",
                List.of(
                        new Field("Authorization", BEARER + tokens.getFirst()),
                        new Field("Content-Type", "application/json"),
                        new Field("Accept", "application/json")),
                JSON.writeValueAsBytes(body));
    }
}
