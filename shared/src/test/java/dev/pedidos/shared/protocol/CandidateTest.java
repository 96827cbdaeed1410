package dev.pedidos.shared.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.message.Version;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CandidateTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "{\"itens\":[{\"sku\":1}]}", "{\"itens\":[7]}", "{\"callback_url\":7}"})
    void aHeadWhoseContentIsDamagedIsNamedAndSaysSo(String payload) {
        var candidate = Candidate.ofHead(head(payload));
        assertThat(candidate.damage()).isNotEmpty();
        assertThat(candidate.at(row()).damage()).isEqualTo(candidate.damage());
        assertThat(candidate.pedido().tipo()).isEqualTo("simulado");
        assertThat(candidate.recebedorId()).isEqualTo("r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"itens\":[{\"sku\":\"s\",\"quantidade\":1}]}", "{\"dados\":{\"x\":1}}"})
    void anotherHeadHasNoDamage(String payload) {
        assertThat(Candidate.ofHead(head(payload)).damage()).isEmpty();
    }

    private static PedidoState row() {
        return new PedidoState(PedidoStatus.RETRYING, 0, 2, 2, new byte[0], true, 0, Optional.empty(), true, false);
    }

    private static Head head(String payload) {
        return new Head(new Version("p", 0, 1, 1), "simulado", "r", "api", payload, new byte[0], false, true, false);
    }
}
