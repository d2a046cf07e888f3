package de.doppelboden.city;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CityMainTest {

    @Test
    void offersTheProductsCommandLine() {
        assertThat(CityMain.commandLine().getCommandName()).isEqualTo("doppelboden");
    }
}
