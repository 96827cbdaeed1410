package dev.pedidos.api.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.PulledMessage;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.PedidoCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the open queue that say they are what a call of the API makes. */
class MessageReaderTest {

    private final MessageReader reader =
            new MessageReader(tipo -> true, micros -> true, CallbackHosts.NONE, "pedidos_queue");

    @Test
    void aCancellationThatItsCallCouldHaveMadeIsTaken() {
        assertThat(read(new Cancelamento("p-1", "duplicado"))).isInstanceOf(Incoming.Valid.class);
        assertThat(read(new Cancelamento("p-1", null))).isInstanceOf(Incoming.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operacao:0a1b", "cancelamento:0a1b", "no id", ""})
    void aCancellationOfWhatIsNeverCancelledIsRefused(String alvo) {
        assertThat(read(new Cancelamento(alvo, null))).isInstanceOf(Incoming.Refused.class);
    }

    @Test
    void aCancellationWithAReasonThatItsCallRefusesIsRefused() {
        assertThat(read(new Cancelamento("p-1", "x".repeat(10_000)))).isInstanceOf(Incoming.Refused.class);
    }

    /** The API that accepted it knew the tipo, and a client has its 202. A worker without a handler dead-letters it. */
    @Test
    void aPedidoThatAnApiAcceptedIsTakenAlthoughItsTipoIsNotKnownHere() {
        byte[] body = "{\"pedido_id\":\"p\",\"tipo\":\"new\",\"recebedor_id\":\"r\",\"origem\":\"api\"}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(message(Map.of(OutboundMessage.ACEITO_EM, 1L), body), tipo -> false))
                .isInstanceOf(Incoming.Valid.class);
        assertThat(reader.read(message(Map.of(), body), tipo -> false)).isInstanceOf(Incoming.Refused.class);
    }

    private static PulledMessage message(Map<String, Object> headers, byte[] body) {
        return new PulledMessage(1, false, "", "", new Headers(headers), body);
    }

    private Incoming read(Cancelamento cancelamento) {
        byte[] body = PedidoCodec.writeMessage(cancelamento.inOwnLine());
        return reader.read(message(Map.of(), body), tipo -> true);
    }
}
