package dev.pedidos.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.worker.handler.PermanentFailure;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

class OutcomeTextTest {

    @Test
    void aResultIsKeptAsItIs() throws Exception {
        assertThat(OutcomeText.resultado(null)).isNull();
        assertThat(OutcomeText.resultado(JsonNodeFactory.instance.objectNode().put("saldo", 1)))
                .isEqualTo("{\"saldo\":1}");
    }

    @Test
    void aTooLongOutcomeIsAPermanentFailure() throws Exception {
        var longest = StringNode.valueOf("x".repeat(OutcomeText.MOST_RESULTADO - 2));
        assertThat(OutcomeText.resultado(longest)).hasSize(OutcomeText.MOST_RESULTADO);
        var tooLong = StringNode.valueOf("x".repeat(OutcomeText.MOST_RESULTADO));
        assertThatThrownBy(() -> OutcomeText.resultado(tooLong))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContainingAll("resultado", "65538", "65536");
        assertThatThrownBy(() -> OutcomeText.motivo("x".repeat(OutcomeText.MOST_MOTIVO + 1)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("motivo");
    }
}
