package dev.pedidos.e2e.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Drain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cancellation against everything else that can happen to its pedido at the same moment: one outcome, and the stock is exact. */
class CancelRaceTest {

    private static final int RECEIVERS = 8;
    private static final int STOCK = 1_000_000;

    private static TestSystem system;
    private static Client client;
    private static Operator operator;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "cancel-race",
                Map.of(
                        "PEDIDOS_HANDLER_SIMULADO", "on",
                        "PEDIDOS_RETRY_BASE_MS", "50",
                        "PEDIDOS_MAX_TENTATIVAS", "2"));
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
        system.worker();
        client.stock("x", STOCK);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aHundredRacesOfEachKindHaveOneOutcomeEach() throws Exception {
        race(100);
    }

    @Test
    @Tag("thorough")
    void aThousandRacesOfEachKindHaveOneOutcomeEach() throws Exception {
        race(1_000);
    }

    private static void race(int times) throws Exception {
        String run = "run-" + times + "-";
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            String receiver = run + i % RECEIVERS;
            String arriving = run + "arriving-" + i;
            answers.add(cancel(arriving));
            answers.add(client.postAsync(Client.pedido(arriving, receiver, "x:3")));
            String processed = run + "processed-" + i;
            answers.add(client.postAsync(Client.pedido(processed, receiver, "x:2"))
                    .thenCompose(posted -> cancel(processed)));
            String retried = run + "retried-" + i;
            answers.add(client.postAsync(Client.simulado(retried, "r-" + receiver, "{\"falhas_transitorias\":1}"))
                    .thenCompose(posted -> cancel(retried)));
            String itself = run + "itself-" + i;
            answers.add(client.postAsync(Client.pedido(itself, receiver, "x:1"))
                    .thenCompose(posted -> CompletableFuture.allOf(cancel(itself), cancel(itself), cancel(itself))));
            answers.add(client.postAsync(
                    Client.simulado(run + "redriven-" + i, "d-" + receiver, "{\"falha_permanente\":true}")));
            if (i % 20 == 19) {
                CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                        .get();
                answers.clear();
            }
        }
        drain();
        for (int i = 0; i < times; i++) {
            String redriven = run + "redriven-" + i;
            answers.add(operator.later("POST", "/dlq/" + redriven + "/redrive", ""));
            answers.add(cancel(redriven));
            if (i % 20 == 19) {
                CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                        .get();
                answers.clear();
            }
        }
        drain();
        assertThat(outcomes(run)).isNotEmpty().isSubsetOf("CANCELLED", "DISCARDED CANCELADO", "REJECTED CANCELADO");
        assertThat(client.get("/estoque/x").number("disponivel")).isEqualTo(STOCK);
        assertThat(client.get("/estoque/x").number("reservado")).isZero();
        try (var connection = system.owner()) {
            assertThat(LedgerLaws.checkRunning(connection))
                    .filteredOn(verdict -> !verdict.holds())
                    .map(Verdict::law)
                    .isEmpty();
        }
    }

    private static CompletableFuture<?> cancel(String pedidoId) {
        return client.cancelAsync(pedidoId)
                .thenAccept(answer -> assertThat(answer.status()).as(pedidoId).isIn(200, 202));
    }

    private static void drain() throws Exception {
        try (var connection = system.owner()) {
            Drain.await(connection, Duration.ofSeconds(120), () -> true, now -> {});
        }
    }

    private static List<String> outcomes(String run) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select distinct case when status = 'CANCELLED' then status"
                                + " else status || ' ' || coalesce(motivo, '') end from pedidos"
                                + " where starts_with(pedido_id, :run)")
                        .bind("run", run)
                        .mapTo(String.class)
                        .list());
    }
}
