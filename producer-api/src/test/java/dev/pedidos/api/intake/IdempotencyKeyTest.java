package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.message.Limits;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void bareOrQuotedItIsTheSameKey() {
        assertThat(IdempotencyKey.parse("\"abc\"")).isEqualTo(IdempotencyKey.parse("abc"));
        assertThat(IdempotencyKey.parse("\"a\\\"b\\\\c\"")).contains(new IdempotencyKey("a\"b\\c"));
    }

    /** Clients hold on to keys across our releases. */
    @Test
    void theIdOfAKeyNeverChanges() {
        assertThat(new IdempotencyKey("abc").pedidoId()).isEqualTo("ik-eb9b92d81877d5b8fd235b87ac9b7a770e08c707");
        assertThat(Limits.isId(new IdempotencyKey("~!@#{}").pedidoId())).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void refuses(String header) {
        assertThat(IdempotencyKey.parse(header)).isEmpty();
    }

    static Stream<String> refuses() {
        return Stream.of("", "\"\"", "\"", "\"abc", "a b", "\"a b\"", "tab\there", "é", "\u007f", "x".repeat(256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "8e03978e-40d5-43dd-bc93-6894a57f9324", "abc\"", "a\"b"})
    void takes(String header) {
        assertThat(IdempotencyKey.parse(header)).contains(new IdempotencyKey(header));
        assertThat(IdempotencyKey.parse("x".repeat(255))).isPresent();
    }
}
