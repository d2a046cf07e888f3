package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    @Test
    void thePlainServerFindsTheEndOfARequest() throws IOException {
        InputStream two = bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n");

        assertThat(PlainServer.head(two)).isTrue();
        assertThat(PlainServer.head(two)).isTrue();
        assertThat(PlainServer.head(two)).isFalse();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
