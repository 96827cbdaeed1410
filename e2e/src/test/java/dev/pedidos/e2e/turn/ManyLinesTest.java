package dev.pedidos.e2e.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many receivers wait: a search for the heads of their lines locks a bounded number of rows. */
class ManyLinesTest {

    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);
    private static final String FOUND =
            "select count(*) from pedidos where relay_at between now() and now() + interval '1 minute'";

    @Test
    void eachSearchFindsTheHeadsOfTheNextLines() throws Exception {
        try (var system = TestSystem.start("many_lines", Map.of())) {
            system.alter("insert into pedidos"
                    + " (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, published, relay_at)"
                    + " select 'p-' || n, n, 'simulado', 'rcb-' || n % 1100, 'api', '{}', '', true, only_as_head()"
                    + " from generate_series(1, 2200) n");
            system.alter("analyze pedidos");
            var ledger = new RelayLedger(system.ledger(), SIGN_OF_LIFE);

            assertThat(ledger.watchHeads(SIGN_OF_LIFE)).isTrue();
            assertThat(system.count(FOUND)).isEqualTo(500);
            assertThat(ledger.watchHeads(SIGN_OF_LIFE)).isTrue();
            assertThat(ledger.watchHeads(SIGN_OF_LIFE)).as("more").isFalse();
            assertThat(system.count(FOUND)).isEqualTo(1_100);
            assertThat(system.count(FOUND + " and ordem > 1100")).as("no head").isZero();

            system.alter("update pedidos set relay_at = only_as_head()");
            assertThat(ledger.watchHeads(SIGN_OF_LIFE)).as("from the beginning").isTrue();
            assertThat(system.count(FOUND)).isEqualTo(500);
        }
    }
}
