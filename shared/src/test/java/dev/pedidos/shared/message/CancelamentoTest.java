package dev.pedidos.shared.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancelamentoTest {

    @Test
    void aBodyIsNotNeededAndAMotivoIsShortText() {
        assertThat(read("").motivo()).isNull();
        assertThat(read("{}").motivo()).isNull();
        assertThat(read("{\"motivo\":\"\"}").motivo()).isEmpty();
        assertThat(read("{\"motivo\":\"duas\\nlinhas\"}").motivo()).isEqualTo("duas\nlinhas");
        assertThat(read("{\"motivo\":\"" + "\uD83D\uDE00".repeat(200) + "\"}").motivo())
                .hasSize(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"motivo\":5}", "{\"motivo\":null}", "{\"motivo\":\"\\u0000\"}", "{\"x\":1}", "[]"})
    void aFaultyBodyIsRefusedWithItsField(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(InvalidFields.class);
    }

    @Test
    void aMotivoThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> read("{\"motivo\":\"" + "x".repeat(201) + "\"}"))
                .isInstanceOf(InvalidFields.class);
    }

    @Test
    void thePedidoOfACancellationIsReadBackAndOneWithAnotherIdIsNone() {
        var cancelamento = new Cancelamento("p-1", "desistiu");
        var pedido = cancelamento.inLineOf("r-1");
        assertThat(Cancelamento.of(pedido)).hasValue(cancelamento);
        assertThat(Limits.isId(pedido.pedidoId())).isTrue();
        var forged = new Pedido("other", Cancelamento.TIPO, "r-1", "api", List.of(), pedido.dados());
        assertThat(Cancelamento.of(forged)).isEmpty();
    }

    private static Cancelamento read(String body) {
        return Cancelamento.read("p-1", body.getBytes(UTF_8));
    }
}
