package de.doppelboden.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** One pass over a file, or over no file at all to learn which keys there are. */
final class Reading {

    final String source;
    final Path folder;
    final Environment environment;
    final boolean describing;
    final List<Problem> problems = new ArrayList<>();
    final List<KeyReference> keys = new ArrayList<>();

    /** Of service that has the keys that are being described; empty: any. */
    String kind = "";

    private Reading(String source, Path folder, Environment environment, boolean describing) {
        this.source = source;
        this.folder = folder;
        this.environment = environment;
        this.describing = describing;
    }

    static Reading of(Path file, Map<String, String> variables) {
        Path folder = file.toAbsolutePath().getParent();
        return new Reading(file.toString(), folder == null ? Path.of("/") : folder, new Environment(variables), false);
    }

    static Reading describing() {
        return new Reading("", Path.of("/"), new Environment(Map.of()), true);
    }

    void describes(String path, String unit, String description) {
        keys.add(new KeyReference(path, kind, unit, "", "", description, true));
    }

    void problem(@Nullable Node node, String path, String message) {
        problems.add(new Problem(source, line(node), shown(path), message));
    }

    void problemWithVariable(String path, String message) {
        problems.add(new Problem(Environment.variable(path), 0, shown(path), message));
    }

    /** Paths are shown without the root key, which every key has. */
    private static String shown(String path) {
        return path.startsWith("doppelboden.") ? path.substring("doppelboden.".length()) : path;
    }

    private static int line(@Nullable Node node) {
        return node == null
                ? 0
                : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
