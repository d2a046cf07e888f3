package de.doppelboden.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Pattern WHOLE = Pattern.compile("[^a-zA-Z]t\\(\"([a-zA-Z0-9.]+[a-zA-Z0-9])\"\\s*[,)]");
    private static final Pattern QUOTED = Pattern.compile("\"([a-zA-Z0-9]+[a-zA-Z0-9.]*)\"");

    @Test
    void eachTextThatAPageNamesIsInTheBundle() throws IOException {
        var missing = new TreeSet<String>();
        for (String source : sources()) {
            WHOLE.matcher(source)
                    .results()
                    .map(r -> r.group(1))
                    .filter(key -> !Texts.has(key))
                    .forEach(missing::add);
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void noTextIsLeftThatNoPageUses() throws IOException {
        String all = String.join("\n", sources());
        var quoted = new TreeSet<String>();
        QUOTED.matcher(all).results().forEach(r -> quoted.add(r.group(1)));
        var prefixes = new TreeSet<String>();
        Pattern.compile("\"([a-zA-Z0-9.]+\\.)\"\\s*\\+").matcher(all).results().forEach(r -> prefixes.add(r.group(1)));

        var unused = keys().stream()
                .filter(key -> !named(key, quoted) && prefixes.stream().noneMatch(key::startsWith))
                .toList();

        assertThat(unused).isEmpty();
    }

    /** The key itself, or what it begins with up to a dot: {@code "gate.gone" + ".title"}. */
    private static boolean named(String key, Set<String> quoted) {
        for (int end = key.length(); end > 0; end = key.lastIndexOf('.', end - 1)) {
            String part = key.substring(0, end);
            if (quoted.contains(part) && (part.equals(key) || part.contains("."))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> keys() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(Path.of("src/main/resources/texts/pages.properties"))));
        return properties.stringPropertyNames().stream().sorted().toList();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> java = Files.walk(Path.of("src/main/java"));
                Stream<Path> jte = Files.walk(Path.of("src/main/jte"))) {
            return Stream.concat(java, jte)
                    .filter(p -> p.toString().endsWith(".java") || p.toString().endsWith(".jte"))
                    .map(TextsTest::read)
                    .toList();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
