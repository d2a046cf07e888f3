package de.doppelboden.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import de.doppelboden.configuration.Configuration;
import de.doppelboden.configuration.KeyReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is what the configuration itself says of its keys. */
class ConfigurationManualTest {

    private static final String HEAD = """
            # Configuration

            One YAML file, checked at start and by `./doppelboden check-config FILE`; a wrong key is named with its line, and what was
            expected. An environment variable overrides a key (N is the place in the list, counted from 0). Secrets come by file: a key
            names the file, which nobody but its owner may read. Where a kind of service is named, only that kind has the key, and any other
            refuses it; what "must be given" must be given where its section is. This page is written from the program (`ConfigurationManualTest`).

            | key | kind | unit | bounds | default | what it is | variable |
            |---|---|---|---|---|---|---|
            """;

    @Test
    void theManualDocumentsEachKeyAsTheProgramReadsIt() throws IOException {
        String manual = Configuration.reference().stream()
                .map(ConfigurationManualTest::row)
                .collect(Collectors.joining("\n", HEAD, "\n"));

        Path written = Files.writeString(Path.of("target/configuration.md"), manual);

        assertThat(Files.mismatch(Repository.ROOT.resolve("docs/configuration.md"), written))
                .as("first difference of the manual; to set it right: cp server/%s docs/", written)
                .isEqualTo(-1);
    }

    private static String row(KeyReference key) {
        String cells = Stream.of(key.kind(), key.unit(), key.bounds(), key.fallback(), key.description())
                .map(text -> text.replace("|", "\\|"))
                .collect(Collectors.joining(" | "));
        return key.section()
                ? "| **`%s`** | %s | |".formatted(key.path(), cells)
                : "| `%s` | %s | `%s` |".formatted(key.path(), cells, key.variable());
    }
}
