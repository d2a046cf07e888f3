package de.doppelboden.webapp.gate;

import de.doppelboden.configuration.SuccessSettings;
import de.doppelboden.configuration.WebAppSettings;
import de.doppelboden.configuration.WebAppSettings.Comparison;
import de.doppelboden.configuration.WebAppSettings.OperationClass;
import de.doppelboden.configuration.WebAppSettings.State;
import de.doppelboden.continuity.Operation;
import de.doppelboden.continuity.Policy;
import de.doppelboden.gateway.relay.Success;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Which class a request belongs to: one that the configuration names, else one that was found in the traffic by method and path.
 * What has never been answered well has no class of its own: who asks for a thousand paths that are not there makes none. Any
 * thread.
 */
final class Kinds {

    /** Fewer than the judge tells apart, because the configuration may name some as well. */
    static final int FOUND_AT_MOST = 160;

    private final boolean equivalent;
    private final State state;
    private final Duration budget;
    private final Success success = new Success(SuccessSettings.BY_STATUS);
    private final List<Configured> configured = new ArrayList<>();
    private final Map<String, Method> methods = new ConcurrentHashMap<>();
    private final Method others;
    private final AtomicInteger found = new AtomicInteger();

    private record Configured(String method, Pattern path, Kind kind) {}

    /** @param rest the class of what has none of its own */
    private record Method(Kind rest, PathTree<Kind> paths) {}

    Kinds(WebAppSettings settings, boolean equivalent, Duration budget) {
        this.equivalent = equivalent;
        this.state = settings.state();
        this.budget = budget;
        settings.classes().forEach(each -> configured.add(configured(each)));
        for (String name : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            methods.put(name, method(name));
        }
        this.others = method("OTHER");
    }

    private Method method(String name) {
        return new Method(kind(name, "**", false), new PathTree<>());
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
        if (in != null && found.get() < FOUND_AT_MOST) {
            in.paths().learn(path, pattern -> {
                found.incrementAndGet();
                return kind(asked, pattern, true);
            });
        }
    }

    /** Where both sides write one store any class may move alone; what is at one path moves together. */
    private Kind kind(String method, String pattern, boolean own) {
        boolean read = method.equals("GET");
        var movesAs = own && state == State.SHARED ? pattern : "";
        var operation = new Operation(method + " " + pattern, read, policy(read), budget, equivalent, movesAs);
        return new Kind(operation, success, false, false, own);
    }

    private Configured configured(OperationClass given) {
        boolean read = given.method().equals("GET");
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
