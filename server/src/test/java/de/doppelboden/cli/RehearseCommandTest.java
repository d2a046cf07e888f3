package de.doppelboden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearseCommandTest {

    /** It ends with an exception at the first page of the counter that fails. */
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "control"})
    void goesThroughAProcess(String process, @TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // for the database's user
        assertThat(Main.commandLine()
                        .execute("rehearse", process, folder.resolve(process).toString()))
                .isEqualTo(Exit.OK);
    }
}
