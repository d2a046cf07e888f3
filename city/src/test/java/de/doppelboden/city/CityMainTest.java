package de.doppelboden.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityMainTest {

    @Test
    void offersTheProductsCommandLine() {
        assertThat(CityMain.commandLine().getCommandName()).isEqualTo("doppelboden");
    }

    /** It ends with an exception at the first page of the register that fails. */
    @Test
    void rehearsesTheRegister(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // for the database's user
        assertThat(CityMain.commandLine()
                        .execute("city", "rehearse", folder.resolve("city").toString()))
                .isZero();
    }
}
