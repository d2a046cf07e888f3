package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.doppelboden.city.peer.PeerMissing;
import de.doppelboden.city.peer.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

    private final StringWriter said = new StringWriter();

    @Test
    void namesWhatThereIsWhenAskedForSomethingElse() {
        int exit = BenchMain.commandLine()
                .setErr(new PrintWriter(said))
                .setOut(new PrintWriter(said))
                .execute("bench", "speed");

        assertThat(exit).isEqualTo(64);
        assertThat(said.toString()).contains("no such measurement: speed").contains("journal");
    }

    @Test
    void saysInItsHelpWhatEachMeasures() {
        BenchMain.commandLine().setOut(new PrintWriter(said)).execute("bench", "--help");

        for (Bench bench : BenchCommand.ALL) {
            assertThat(said.toString().replaceAll("\\s+", " ")).contains(bench.name() + " " + bench.about());
        }
    }

    @Test
    void readsTheRateThatPgbenchSays() throws IOException {
        assertThat(Pgbench.tps("latency average = 1.2 ms\ntps = 1387.25 (without initial connection time)\n"))
                .isEqualTo(1387.25);
        assertThatThrownBy(() -> Pgbench.tps("pgbench: error")).isInstanceOf(IOException.class);
    }

    @Test
    void namesThePeerThatIsNotInstalled() {
        assertThatThrownBy(() -> Programs.need("no-such-program", "some-package"))
                .isInstanceOf(PeerMissing.class)
                .hasMessageContaining("no-such-program")
                .hasMessageContaining("some-package");
    }
}
