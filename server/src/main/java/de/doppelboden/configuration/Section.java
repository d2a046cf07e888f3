package de.doppelboden.configuration;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A map of the file, read key by key. Each read names, describes, bounds and checks its key at one place, so the
 * reference of all keys is made by the same calls. What is wrong is noted and reading goes on; nobody sees a record
 * unless nothing was wrong.
 */
public final class Section {

    private static final int LIST_LIMIT = 200;

    private final Reading reading;
    private final String path;
    private final @Nullable Node node;
    private final Map<String, Node> children = new LinkedHashMap<>();
    private final Set<String> asked = new TreeSet<>();

    Section(Reading reading, String path, @Nullable Node node) {
        this.reading = reading;
        this.path = path;
        this.node = node;
        if (node instanceof MappingNode map) {
            map.getValue().forEach(this::child);
        } else if (node != null) {
            reading.problem(node, path, "expected keys below it");
        }
    }

    private void child(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            reading.problem(tuple.getKeyNode(), path, "a key must be a plain word");
        } else if (children.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
            reading.problem(key, path(key.getValue()), "is given twice");
        }
    }

    public String text(Key key) {
        return value(key, Unit.TEXT);
    }

    public Optional<String> optionalText(Key key) {
        return optional(key, Unit.TEXT);
    }

    public Duration duration(Key key) {
        return value(key, Unit.DURATION);
    }

    public Optional<Duration> optionalDuration(Key key) {
        return optional(key, Unit.DURATION);
    }

    public DataSize size(Key key) {
        return value(key, Unit.SIZE);
    }

    public Percent percent(Key key) {
        return value(key, Unit.PERCENT);
    }

    public Address address(Key key) {
        return value(key, Unit.ADDRESS);
    }

    public URI url(Key key) {
        return value(key, Unit.URL);
    }

    public Optional<URI> optionalUrl(Key key) {
        return optional(key, Unit.URL);
    }

    public int number(Key key) {
        return value(key, Unit.NUMBER).intValue();
    }

    public boolean flag(Key key) {
        return value(key, Unit.FLAG);
    }

    public Optional<Boolean> optionalFlag(Key key) {
        return optional(key, Unit.FLAG);
    }

    public LocalTime timeOfDay(Key key) {
        return value(key, Unit.TIME_OF_DAY);
    }

    public <E extends Enum<E>> E choice(Key key, Class<E> type) {
        return value(key, Unit.choice(type));
    }

    /** A file or folder; a relative one is meant from the folder of the configuration file. */
    public Path path(Key key) {
        return value(key, pathUnit());
    }

    /** As {@link #path(Key)} for a key that may be absent. */
    public Optional<Path> optionalPath(Key key) {
        return optional(key, pathUnit());
    }

    /** A file with a secret: {@link #path(Key)}, and nobody but its owner and group may open it. */
    public Path secretFile(Key key) {
        return closed(key, path(key));
    }

    /** As {@link #secretFile(Key)} for a key that may be absent. */
    public Optional<Path> optionalSecretFile(Key key) {
        return optionalPath(key).map(file -> closed(key, file));
    }

    private Path closed(Key key, Path file) {
        try {
            if (!reading.describing && Files.isRegularFile(file)) {
                DataFolder.openToEverybody(file).ifPresent(open -> refuse(key.name(), open));
            }
        } catch (IOException unseen) {
            refuse(key.name(), "cannot be looked at: " + unseen.getMessage());
        }
        return file;
    }

    private Unit<Path> pathUnit() {
        return new Unit<>(
                "path",
                "a path",
                text -> reading.folder.resolve(text.strip()).normalize(),
                Path::compareTo,
                Path.of("/"));
    }

    /** A list of plain values, none when it is absent; a single value counts as a list of one. */
    public <T> List<T> values(Key key, Function<String, T> parse) {
        String at = describe(key, "list of texts");
        Optional<String> override = reading.environment.override(at);
        List<T> values = new ArrayList<>();
        if (override.isPresent()) {
            for (String part : override.get().split(",", -1)) {
                element(parse, part).ifPresentOrElse(values::add, () -> reading.problemWithVariable(at, unfit(part)));
            }
            return List.copyOf(values);
        }
        Node list = children.get(key.name());
        List<Node> nodes = list instanceof SequenceNode s ? s.getValue() : list == null ? List.of() : List.of(list);
        for (Node n : nodes) {
            String text = n instanceof ScalarNode s ? s.getValue() : "";
            element(parse, text).ifPresentOrElse(values::add, () -> reading.problem(n, at, unfit(text)));
        }
        return List.copyOf(values);
    }

    private static <T> Optional<T> element(Function<String, T> parse, String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(parse.apply(text.strip()));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String unfit(String text) {
        return "\"" + text + "\" does not fit into this list";
    }

    /** Keys below a key; all of them have defaults or are asked for even when the section is absent. */
    public <T> T section(String name, String description, Function<Section, T> read) {
        return enter(name, description).read(read);
    }

    /** Keys below a key that may be absent as a whole. */
    public <T> Optional<T> optionalSection(String name, String description, Function<Section, T> read) {
        boolean there = children.containsKey(name) || reading.environment.hasBelow(path(name));
        if (there || reading.describing) {
            return Optional.of(enter(name, description).read(read));
        }
        asked.add(name);
        return Optional.empty();
    }

    /** A list of sections, in the order of the file. */
    public <T> List<T> list(String name, String description, Function<Section, T> read) {
        asked.add(name);
        if (reading.describing) {
            reading.describes(path(name) + "[]", "list", description);
            return List.of(new Section(reading, path(name) + "[]", null).read(read));
        }
        Node list = children.get(name);
        if (list == null) {
            return List.of();
        }
        if (!(list instanceof SequenceNode sequence) || sequence.getValue().size() > LIST_LIMIT) {
            reading.problem(
                    list, path(name), "expected a list of at most " + LIST_LIMIT + " entries, each with \"- \"");
            return List.of();
        }
        List<T> entries = new ArrayList<>();
        for (Node entry : sequence.getValue()) {
            entries.add(new Section(reading, path(name) + "[" + entries.size() + "]", entry).read(read));
        }
        return List.copyOf(entries);
    }

    /** Keys that only this kind of service has. */
    <T> T only(KindSettings.Kind kind, Function<Section, T> read) {
        String before = reading.kind;
        reading.kind = kind.name().toLowerCase(Locale.ROOT);
        try {
            return read.apply(this);
        } finally {
            reading.kind = before;
        }
    }

    /** Notes that a key, though readable, does not fit to the others. */
    public void refuse(String name, String message) {
        reading.problem(children.getOrDefault(name, node), path(name), message);
    }

    /** Whether the file or a variable gives the key at all. */
    public boolean has(String name) {
        return children.containsKey(name)
                || reading.environment.override(path(name)).isPresent()
                || reading.environment.hasBelow(path(name));
    }

    /** True while only the reference of keys is made: then all kinds are read, whatever the values are. */
    public boolean describing() {
        return reading.describing;
    }

    /** A section under the same map that a single value may stand for, as {@code database: embedded}. */
    <T> T sectionOrValue(String name, String valueKey, String description, Function<Section, T> read) {
        if (!(children.get(name) instanceof ScalarNode scalar)) {
            return section(name, description, read);
        }
        asked.add(name);
        Section section = new Section(reading, path(name), null);
        section.children.put(valueKey, scalar);
        return section.read(read);
    }

    /** Notes overrides of keys that do not exist; to be called when all keys were read. */
    void checkVariables(String root) {
        for (String variable : reading.environment.unknown(asked)) {
            String hint = Suggestion.nearest(variable, reading.environment.asked())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            reading.problems.add(new Problem(variable, 0, "", "overrides no key of " + root + hint));
        }
    }

    private Section enter(String name, String description) {
        asked.add(name);
        if (reading.describing) {
            reading.describes(path(name), "section", description);
        }
        return new Section(reading, path(name), children.get(name));
    }

    <T> T read(Function<Section, T> read) {
        T result = read.apply(this);
        for (Map.Entry<String, Node> child : children.entrySet()) {
            if (!asked.contains(child.getKey())) {
                reading.problem(child.getValue(), path(child.getKey()), unknown(child.getKey()));
            }
        }
        return result;
    }

    private String unknown(String name) {
        if (asked.contains(name + "-file")) {
            return "secrets stand in a file of their own: name it with " + name + "-file";
        }
        return Suggestion.nearest(name, asked)
                .map(near -> "no such key; did you mean " + near + "?")
                .orElse("no such key; known here are " + String.join(", ", asked));
    }

    private <T> T value(Key key, Unit<T> unit) {
        Optional<T> value = optional(key, unit);
        if (value.isEmpty() && key.required() && !reading.describing && !has(key.name())) {
            refuse(key.name(), "is missing; expected " + expected(key, unit));
        }
        return value.orElse(unit.filler());
    }

    private <T> Optional<T> optional(Key key, Unit<T> unit) {
        String at = describe(key, unit.name().equals("choice") ? unit.expected() : unit.name());
        if (reading.describing) {
            return Optional.ofNullable(key.fallback()).map(unit.parse());
        }
        Optional<String> override = reading.environment.override(at);
        if (override.isPresent()) {
            Optional<T> value = parse(key, unit, override.get());
            if (value.isEmpty()) {
                reading.problemWithVariable(at, wrong(key, unit, override.get()));
            }
            return value;
        }
        Node given = children.get(key.name());
        if (given == null || given instanceof ScalarNode s && s.getValue().isEmpty() && key.fallback() != null) {
            return Optional.ofNullable(key.fallback()).map(unit.parse());
        }
        String text = given instanceof ScalarNode scalar ? scalar.getValue() : "";
        Optional<T> value = parse(key, unit, text);
        if (value.isEmpty()) {
            reading.problem(given, at, wrong(key, unit, text));
        }
        return value;
    }

    private String describe(Key key, String unit) {
        String at = path(key.name());
        asked.add(key.name());
        if (reading.describing) {
            String fallback = key.required() ? "must be given" : key.fallback() == null ? "none" : key.fallback();
            reading.keys.add(
                    new KeyReference(at, reading.kind, unit, key.bounds(), fallback, key.description(), false));
        }
        return at;
    }

    private static <T> Optional<T> parse(Key key, Unit<T> unit, String text) {
        try {
            T value = unit.parse().apply(text);
            boolean low = key.least() != null
                    && unit.order().compare(value, unit.parse().apply(key.least())) < 0;
            boolean high = key.most() != null
                    && unit.order().compare(value, unit.parse().apply(key.most())) > 0;
            return low || high || text.isBlank() ? Optional.empty() : Optional.of(value);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String wrong(Key key, Unit<?> unit, String text) {
        return "\"" + text + "\" is not possible; expected " + expected(key, unit);
    }

    private static String expected(Key key, Unit<?> unit) {
        String bounds = key.least() == null ? "" : ", from " + key.least() + " to " + key.most();
        return unit.expected() + bounds;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
