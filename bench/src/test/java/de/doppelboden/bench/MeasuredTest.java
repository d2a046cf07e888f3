package de.doppelboden.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MeasuredTest {

    private static final Row FIGURE = new Row("pages", "ms", 41.26);

    @Test
    void isDoneWhenEveryMustIsMetAndAimsAreNotAsked() {
        assertThat(measured(FIGURE.against(Target.atMost(100, 40))).exit()).isZero();
        assertThat(measured(FIGURE).exit()).isZero();
    }

    @Test
    void saysNoWhenOneMustOfManyIsMissed() {
        assertThat(measured(FIGURE.against(Target.atMost(100, 40)), FIGURE.against(Target.atMost(41, 40)))
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void isMissedWhenNothingWasMeasured() {
        Row nothing = new Row("pages", "ms", Double.NaN).against(Target.atMost(100, 40));

        assertThat(measured(nothing).exit()).isEqualTo(1);
        assertThat(nothing.json().get("value").isNull()).isTrue();
    }

    @Test
    void judgesARatioByThePeer() {
        Row half = new Row("writes", "1/s", 500).beside("pgbench", 1000).against(Target.ratioAtLeast(0.5, 0.9));
        Row twice = new Row("processor", "µs", 24).beside("haproxy", 12).against(Target.ratioAtMost(1.5, 1));

        assertThat(half.ratio()).isEqualTo(0.5);
        assertThat(half.met()).contains(true);
        assertThat(half.aimMet()).contains(false);
        assertThat(twice.met()).contains(false);
    }

    @Test
    void aLimitIsMetByTheLimitItself() {
        assertThat(new Row("bad", "", 20).against(Target.atMost(20, 5)).met()).contains(true);
        assertThat(new Row("rate", "1/s", 5000)
                        .against(Target.atLeast(5000, 20000))
                        .met())
                .contains(true);
    }

    @Test
    void printsOneObjectWithEveryKeyInEachRow() {
        Measured measured = measured(
                FIGURE,
                new Row("writes", "1/s", 1984.4).beside("pgbench -N", 1387).against(Target.ratioAtLeast(0.5, 0.9)));

        JsonNode json = JsonMapper.shared().readTree(measured.json().toString());

        assertThat(json.propertyNames()).containsExactly("bench", "commit", "machine", "rows");
        assertThat(json.path("rows").path(1).toString())
                .isEqualTo("{\"name\":\"writes\",\"unit\":\"1/s\",\"value\":1984,\"peer\":\"pgbench -N\","
                        + "\"peerValue\":1387,\"ratio\":1.43,\"must\":0.5,\"aim\":0.9,\"met\":true,\"aimMet\":true}");
        assertThat(json.path("rows").path(0).toString())
                .isEqualTo("{\"name\":\"pages\",\"unit\":\"ms\",\"value\":41.3,\"peer\":null,\"peerValue\":null,"
                        + "\"ratio\":null,\"must\":null,\"aim\":null,\"met\":null,\"aimMet\":null}");
    }

    @Test
    void namesInTheTableWhatIsMissed() {
        List<String> lines = measured(
                        FIGURE.against(Target.atMost(40, 30)), FIGURE.against(Target.atMost(100, 40)), FIGURE)
                .lines();

        assertThat(lines.get(2)).contains("<= 40").endsWith("MISSED");
        assertThat(lines.get(3)).endsWith("must met");
        assertThat(lines.get(4)).endsWith("41.3 ms");
    }

    private static Measured measured(Row... rows) {
        return new Measured("counter", "abc1234", "a machine", List.of(rows));
    }
}
