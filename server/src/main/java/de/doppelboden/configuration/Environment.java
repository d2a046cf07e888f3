package de.doppelboden.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Overrides from environment variables: {@code services[0].mode} is {@code DOPPELBODEN_SERVICES_0_MODE}. */
final class Environment {

    private final Map<String, String> variables;
    private final Set<String> asked = new TreeSet<>();

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    static String variable(String path) {
        return path.replace("[", ".")
                .replace("]", "")
                .replace('.', '_')
                .replace('-', '_')
                .toUpperCase(Locale.ROOT);
    }

    Optional<String> override(String path) {
        String variable = variable(path);
        asked.add(variable);
        return Optional.ofNullable(variables.get(variable));
    }

    boolean hasBelow(String path) {
        String prefix = variable(path) + "_";
        return variables.keySet().stream().anyMatch(v -> v.startsWith(prefix));
    }

    /** Variables that look like overrides of the given top keys and that no key asked for. */
    Set<String> unknown(Set<String> topKeys) {
        Set<String> unknown = new TreeSet<>();
        for (String variable : variables.keySet()) {
            boolean ours = topKeys.stream()
                    .map(key -> variable("doppelboden." + key))
                    .anyMatch(v -> variable.equals(v) || variable.startsWith(v + "_"));
            if (ours && !asked.contains(variable)) {
                unknown.add(variable);
            }
        }
        return unknown;
    }

    Set<String> asked() {
        return asked;
    }
}
