package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault 17: a handler hangs beyond its limit. */
class HangingHandlerTest {

    @TempDir
    private static Path plugins;

    private static TestSystem system;
    private static Client client;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        system = FailingHandler.system(
                "hanging-handler",
                "faults.FalhaHandler",
                HandlerFailureTest.HANDLER,
                plugins,
                Map.of("PEDIDOS_HANDLER_LIMIT_MS", "1500"));
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    /** A machine that stands still makes one that does not hang late, too. */
    @Test
    void anAttemptThatHangsIsTriedAgain() throws Exception {
        send("hang", "hang", 2);
        operator.awaitStatus("hang", "COMPLETED");

        long hung = hung("hang");
        assertThat(hung).isBetween(2L, 4L);
        assertThat(client.get("/pedidos/hang").number("tentativas")).isEqualTo(hung + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "slow query"})
    void aPedidoThatAlwaysHangsIsDeadLetteredAndItsShardGoesOn(String how) throws Exception {
        String id = "always-" + how.replace(' ', '-');
        send(id, how, 99);
        send("after-" + id, how, 0);
        operator.awaitStatus(id, "DEAD_LETTERED");
        operator.awaitStatus("after-" + id, "COMPLETED");

        assertThat(client.get("/pedidos/" + id).number("tentativas")).isEqualTo(5);
        assertThat(client.get("/pedidos/" + id).text("motivo")).isEqualTo("TENTATIVAS_ESGOTADAS");
        assertThat(hung(id)).isEqualTo(5);
    }

    private static long hung(String id) {
        return system.count("select count(*) from operation_events where external_id = '" + id
                + "' and payload ->> 'erro_classe' = 'OverTime'");
    }

    private static void send(String id, String how, int times) throws Exception {
        String recebedorId = "rcb-" + how.replace(' ', '-');
        assertThat(client.post(FailingHandler.pedido(id, recebedorId, how, times))
                        .status())
                .isEqualTo(202);
    }
}
