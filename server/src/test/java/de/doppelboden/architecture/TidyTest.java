package de.doppelboden.architecture;

import static de.doppelboden.architecture.Repository.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** House rules that no tool checks: what a stranger must find in each room. */
class TidyTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)");
    private static final List<Path> FILES = Repository.files();

    static Stream<Path> packages() {
        return FILES.stream()
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .filter(folder -> folder.toString().contains("/src/main/java/de/"))
                .distinct();
    }

    static Stream<Path> documents() {
        return FILES.stream().filter(file -> file.toString().endsWith(".md"));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageSaysInFiveLinesWhatItIsFor(Path folder) throws IOException {
        String text = Files.readString(ROOT.resolve(folder).resolve("package-info.java"));

        assertThat(text).contains("@NullMarked");
        assertThat(Stream.of("Purpose", "Terms", "May use", "Invariant", "Limits"))
                .allSatisfy(label -> assertThat(text).containsPattern("(?m)^ \\* " + label + ": \\S"));
    }

    @Test
    void eachDecisionRecordIsInTheList() throws IOException {
        Path folder = ROOT.resolve("docs/adr");
        String list = Files.readString(folder.resolve("README.md"));

        try (Stream<Path> records = Files.list(folder)) {
            assertThat(records.map(record -> record.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(list).contains("(" + name + ")"));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentLinksToWhatIsThere(Path document) throws IOException {
        Path file = ROOT.resolve(document);

        Stream<String> links = LINK.matcher(Files.readString(file)).results().map(link -> link.group(1));

        assertThat(links.filter(link -> !link.contains(":") && !Files.exists(file.resolveSibling(link))))
                .as("dead links of " + document)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"doppelboden", ".ci/run"})
    void aScriptIsCleanForTheShellThatItNames(String script) throws IOException {
        assumeTrue(Files.exists(Path.of("/usr/bin/shellcheck")), "shellcheck is not installed");

        Process shellcheck = new ProcessBuilder("/usr/bin/shellcheck", script)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();

        assertThat(shellcheck.inputReader().lines()).isEmpty();
    }
}
