package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.message.PayloadHash;
import dev.pedidos.shared.message.PedidoCodec;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs with a heap of 256 MB: whatever was answered 202 ends none of them. */
class SmallHeapTest {
    private static final int GROWN = 40;
    /** Accepted by a version that did not bound how numbers grow: 262 KB as sent, 13.4 MB as PostgreSQL writes it. */
    private static final String GROWING = "{\"n\":[" + "1e308,".repeat(43_599) + "1e308]}";

    private static TestSystem system;
    private static TestProgram api;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("small_heap", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"));
        api = system.apiWithHeap("256m", Map.of());
        client = new Client(api);
        client.awaitNoting();
        system.workerWithHeap("256m");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void pedidosThatGrewFiftyfoldBeforeThatWasBoundAreRelayedDoneAndListed() throws Exception {
        insertAcceptedBefore();
        system.awaitCount("select count(*) from pedidos where recebedor_id like 'grown-%' and status = 'COMPLETED'", GROWN);

        String cursor = "";
        for (int i = 0; i < 2; i++) {
            var page = client.get("/pedidos?limit=500" + cursor);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body().path("pedidos").size()).isPositive();
            cursor = "&cursor=" + page.text("next_cursor");
        }
        assertThat(client.get("/pedidos/grown-1").text("status")).isEqualTo("COMPLETED");
        assertThat(api.isAlive()).isTrue();
    }

    @Test
    void onesThatWouldGrowSoAreRefusedToday() throws Exception {
        var answer = client.post(Client.simulado("growing", "r", GROWING));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/errors/0/field").asString("")).isEqualTo("dados");
    }

    /** Unpublished, as if the broker had been away. */
    private static void insertAcceptedBefore() {
        for (int i = 0; i < GROWN; i++) {
            String id = "grown-" + i;
            byte[] body = Client.simulado(id, id, GROWING).getBytes(StandardCharsets.UTF_8);
            String hash = HexFormat.of()
                    .formatHex(PayloadHash.of(PedidoCodec.readAccepted(body).withId(id)));
            system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, relay_at)"
                    + " values ('" + id + "', " + i + ", 'simulado', '" + id + "', 'api',"
                    + " jsonb_build_object('dados', jsonb_build_object('n', array_fill(1e308::numeric, array[43600]))),"
                    + " '\\x" + hash + "', now())");
        }
    }
}
