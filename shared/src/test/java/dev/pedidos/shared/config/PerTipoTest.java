package dev.pedidos.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerTipoTest {

    private static final Set<String> VALUES = Set.of("hold", "continue");

    @Test
    void aTipoHasItsOwnChoiceOrTheDefault() {
        var choices = PerTipo.parse("pedido=hold, despesa=continue", "continue");

        assertThat(choices.is("hold", "pedido")).isTrue();
        assertThat(choices.is("hold", "despesa")).isFalse();
        assertThat(choices.is("hold", "other")).isFalse();
        assertThat(PerTipo.parse("hold", "continue").is("hold", "other")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stop",
                "pedido",
                "pedido=",
                "pedido=stop",
                "=hold",
                "pedido=hold,",
                "pedido=hold,pedido=continue"
            })
    void whatIsNoChoiceOrTwoForOneTipoIsRefused(String text) {
        assertThat(PerTipo.isValid(text, VALUES)).isFalse();
    }
}
