package de.doppelboden.webapp.gate;

import de.doppelboden.configuration.SuccessSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.configuration.WebAppSettings.Comparison;
import de.doppelboden.configuration.WebAppSettings.OperationClass;
import de.doppelboden.configuration.WebAppSettings.State;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.continuity.Service;
import de.doppelboden.gateway.relay.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Which class a request belongs to: one that the configuration names, else one that was found in the traffic by method and path.
 * What has never been answered well has no class of its own: who asks for a thousand paths that are not there makes none. Any
 * thread.
 */
final class Kinds {

    /** The fewer, the more the configuration names: the judge tells only so many apart. */
    static final int FOUND_AT_MOST = 160;

    /** Of the methods in use those that change nothing (RFC 9110 section 9.2.1, 4918, 3253, 5323); HEAD is judged as GET. */
    private static final Set<String> SAFE = Set.of("GET", "OPTIONS", "PROPFIND", "REPORT", "SEARCH");

    private static final List<String> METHODS =
            List.of("GET", "OPTIONS", "PROPFIND", "REPORT", "SEARCH", "POST", "PUT", "PATCH", "DELETE");

    private final boolean equivalent;
    private final State state;
    private final boolean sharesAll;
    private final Duration budget;
    private final Success success = new Success(SuccessSettings.BY_STATUS);
    private final List<Configured> configured = new ArrayList<>();
    private final Map<String, Method> methods = new ConcurrentHashMap<>();
    private final Method others;
    private final AtomicInteger found = new AtomicInteger();
    private final int foundAtMost;

    private record Configured(String method, Pattern path, Kind kind) {}

    /** @param rest the class of what has none of its own */
    private record Method(Kind rest, PathTree<Kind> paths) {}

    Kinds(WebAppSettings settings, boolean equivalent, Duration budget) {
        this.equivalent = equivalent;
        this.state = settings.state();
        this.sharesAll = state == State.SHARED
                && (settings.sharedSessions() || settings.sessionCookie().isEmpty());
        this.budget = budget;
        settings.classes().forEach(each -> configured.add(configured(each)));
        METHODS.forEach(name -> methods.put(name, method(name)));
        this.others = method("OTHER");
        this.foundAtMost = Math.clamp(Service.OPERATIONS_AT_MOST - known().size(), 0, FOUND_AT_MOST);
    }

    private Method method(String name) {
        return new Method(kind(name, "**", false), new PathTree<>());
    }

    /**
     * Whether both sides know all that users do and who they are: then any class may move alone. Who is sent to a side that does not
     * know her session for one page would have to log in for that one.
     */
    boolean sharesAll() {
        return sharesAll;
    }

    /** The classes that there are from the beginning. */
    List<Operation> known() {
        var all = new ArrayList<Operation>();
        configured.forEach(each -> all.add(each.kind().operation()));
        methods.values().forEach(each -> all.add(each.rest().operation()));
        all.add(others.rest().operation());
        return all;
    }

    Kind of(String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        for (int i = 0; i < configured.size(); i++) {
            var each = configured.get(i);
            if (each.method().equals(asked) && each.path().matcher(path).matches()) {
                return each.kind();
            }
        }
        var in = methods.getOrDefault(asked, others);
        var kind = in.paths().find(path);
        return kind == null ? in.rest() : kind;
    }

    /** A request that has no class of its own was answered well. */
    void answered(String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        var in = methods.get(asked);
        if (in != null && found.get() < foundAtMost) {
            in.paths().learn(path, pattern -> {
                found.incrementAndGet();
                return kind(asked, pattern, true);
            });
        }
    }

    /**
     * Where both sides write one store and know each other's sessions any class may move alone; what is at one path moves together.
     */
    private Kind kind(String method, String pattern, boolean own) {
        boolean read = SAFE.contains(method);
        var movesAs = own && sharesAll ? pattern : "";
        var operation = new Operation(method + " " + pattern, read, policy(read), budget, equivalent, movesAs);
        return new Kind(operation, success, false, false, own);
    }

    private Configured configured(OperationClass given) {
        boolean read = SAFE.contains(given.method());
        var operation = new Operation(
                given.name(),
                read,
                policy(read),
                given.budget().orElse(budget),
                given.equivalent().orElse(equivalent),
                given.alone() ? given.name() : "");
        var sameContent = given.compare() == Comparison.CONTENT;
        var kind = new Kind(operation, new Success(given.success()), given.idempotent(), sameContent, true);
        return new Configured(given.method(), pattern(given.path()), kind);
    }

    private Policy policy(boolean read) {
        return read || state == State.SHARED ? Policy.SAFE : Policy.FORBIDDEN;
    }

    private static Pattern pattern(String path) {
        var regex = new StringBuilder();
        for (String part : path.split("(?<=\\*)(?!\\*)|(?<!\\*)(?=\\*)")) {
            regex.append(
                    switch (part) {
                        case "*" -> "[^/]+";
                        case "**" -> ".*";
                        default -> Pattern.quote(part);
                    });
        }
        return Pattern.compile(regex.toString());
    }
}
