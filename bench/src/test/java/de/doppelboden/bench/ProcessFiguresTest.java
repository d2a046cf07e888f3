package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    @Test
    void readsTheResidentMemory() {
        assertThat(ProcessFigures.residentKb("VmPeak:\t  900 kB\nVmRSS:\t  112640 kB\nThreads:\t9\n"))
                .isEqualTo(112_640);
    }

    @Test
    void readsTheProcessorTimeWhateverTheNameIs() {
        assertThat(ProcessFigures.ticks("77 (my (odd) name) S 1 77 77 0 -1 4194560 9 0 0 0 250 30 0 0 20 0 9 0 1 2 3"))
                .isEqualTo(280);
    }

    @Test
    void readsItsOwnFigures() throws IOException {
        ProcessHandle self = ProcessHandle.current();

        assertThat(ProcessFigures.residentMegabytes(self)).isGreaterThan(1);
        assertThat(ProcessFigures.processorSeconds(self)).isNotNegative();
    }
}
