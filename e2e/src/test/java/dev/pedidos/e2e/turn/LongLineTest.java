package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.relay.Due;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A receiver with a long line whose messages were lost: the relay parks a part of it at a time. */
class LongLineTest {

    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);

    @Test
    void aClaimParksTheNearestBehindTheHead() throws Exception {
        try (var system = TestSystem.start("long_line", Map.of())) {
            system.alter("insert into pedidos"
                    + " (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, published, relay_at, atualizado_em)"
                    + " select 'p-' || n, n, 'simulado', 'rcb', 'api', '{}', '', true,"
                    + " case when n = 1 then now() - interval '1 s' else timestamptz '9999-01-01 00:00:00+00' end,"
                    + " now() - interval '1 h' from generate_series(1, 5500) n");
            system.alter("analyze pedidos");

            var claim = new RelayLedger(system.ledger(), SIGN_OF_LIFE).claim(200, 1_000_000, Duration.ofMinutes(1));

            assertThat(claim.due()).extracting(Due::pedidoId).containsExactly("p-1");
            assertThat(system.count("select count(*) from pedidos where parked"))
                    .isEqualTo(4_999);
            assertThat(system.count("select max(ordem) from pedidos where parked"))
                    .isEqualTo(5_000);
        }
    }
}
