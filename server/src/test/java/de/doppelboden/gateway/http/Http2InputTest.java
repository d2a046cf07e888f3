package de.doppelboden.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class Http2InputTest {

    @Test
    void keepsTheOrderOfPiecesOfAllSizes() throws IOException {
        var taken = new AtomicInteger();
        var input = new Http2Input(taken::addAndGet);
        var expected = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String piece = Integer.toString(i).repeat(i % 7 == 0 ? 700 : 1);
            expected.append(piece);
            input.put(piece.getBytes(StandardCharsets.US_ASCII));
        }
        input.end(Headers.NONE);

        var read = new StringBuilder();
        var into = ByteBuffer.allocate(333);
        for (int count = input.read(into); count >= 0; count = input.read(into)) {
            read.append(new String(into.array(), 0, count, StandardCharsets.US_ASCII));
            into.clear();
        }

        assertThat(read).hasToString(expected.toString());
        assertThat(taken).hasValue(expected.length());
    }

    @Test
    void aWindowThatComesByteByByteTakesLittleMoreThanItsSize() {
        var input = new Http2Input(count -> {});
        for (int i = 0; i < 100_000; i++) {
            input.put(new byte[1]);
        }

        assertThat(input.pieces()).isLessThan(110);
    }
}
