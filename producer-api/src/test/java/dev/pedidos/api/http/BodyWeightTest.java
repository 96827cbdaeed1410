package dev.pedidos.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyWeightTest {
    private static final int SIZE = 240_000;

    @Test
    void aBodyOfEmptyObjectsWeighsManyTimesATextOfTheSameSize() {
        assertThat(weight("[" + "{},".repeat(SIZE / 3) + "{}]")).isGreaterThan(80L * SIZE);
        assertThat(weight("[" + "1.0,".repeat(SIZE / 4) + "1]")).isGreaterThan(30L * SIZE);
        assertThat(weight("\"" + "x".repeat(SIZE) + "\"")).isLessThan(9L * SIZE);
    }

    @Test
    void whatStandsInATextCountsAsText() {
        assertThat(weight("\"" + "{,:[\\\"".repeat(SIZE / 6) + "\"")).isLessThan(9L * SIZE);
    }

    private static long weight(String body) {
        return BodyWeight.whileRead(body.getBytes(StandardCharsets.UTF_8));
    }
}
