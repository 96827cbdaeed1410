package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.BrokerEye;
import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.PedidosCommand;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.topology.RetryLadder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(value = PedidosCommand.CHECKOUT, mode = ResourceAccessMode.READ)
class DlqTest {

    private static TestSystem system;
    private static TestProgram api;
    private static Client client;
    private static Operator operator;
    private static BrokerEye broker;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(
                "dlq",
                Map.of(
                        "PEDIDOS_HANDLER_SIMULADO",
                        "on",
                        "PEDIDOS_RETRY_BASE_MS",
                        "50",
                        "PEDIDOS_RETRY_MAX_MS",
                        "50",
                        "PEDIDOS_MAX_TENTATIVAS",
                        "2"));
        api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        system.worker();
        broker = new BrokerEye(system, RetryLadder.doubling(Duration.ofMillis(50), Duration.ofMillis(50)));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
        system.close();
    }

    private static PedidosCommand.Ended command(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", api.url().toString()));
        return PedidosCommand.run(all.toArray(String[]::new));
    }

    private static void die(String id, String recebedor, String dados) throws Exception {
        client.post(Client.simulado(id, recebedor, dados));
        operator.awaitStatus(id, "DEAD_LETTERED");
    }

    @Test
    void deadLettersAreListedFilteredPagedAndGroupedByCause() throws Exception {
        for (int i = 0; i < 5; i++) {
            die("list-" + i, "rcb-list", "{\"falha_permanente\":true}");
        }
        die("list-tired", "rcb-list", "{\"falhas_transitorias\":9}");

        assertThat(operator.all("/dlq?recebedor_id=rcb-list&limit=4", "mortos", "pedido_id"))
                .containsExactly("list-tired", "list-4", "list-3", "list-2", "list-1", "list-0");
        assertThat(operator.all("/dlq?recebedor_id=rcb-list&motivo=TENTATIVAS_ESGOTADAS", "mortos", "pedido_id"))
                .containsExactly("list-tired");
        assertThat(operator.all("/dlq?recebedor_id=rcb-list&erro_classe=PermanentFailure", "mortos", "pedido_id"))
                .hasSize(5);
        assertThat(operator.all("/dlq?recebedor_id=rcb-list&tipo=pedido", "mortos", "pedido_id"))
                .isEmpty();
        var letter = operator.get("/dlq?recebedor_id=rcb-list&limit=1").at("/mortos/0");
        assertThat(letter.path("tentativas").asInt()).isEqualTo(2);
        assertThat(letter.path("erro_classe").asString("")).isEqualTo("TransientFailure");
        String last = letter.path("ultima_falha_em").asString("");
        assertThat(operator.all("/dlq?recebedor_id=rcb-list&desde=" + last, "mortos", "pedido_id"))
                .containsExactly("list-tired");
        assertThat(operator.all("/dlq?recebedor_id=rcb-list&ate=" + last, "mortos", "pedido_id"))
                .hasSize(5);

        var groups = operator.get("/dlq/groups?recebedor_id=rcb-list").path("grupos");
        assertThat(groups).hasSize(2);
        assertThat(groups.at("/0/motivo").asString("")).isEqualTo("FALHA_PERMANENTE");
        assertThat(groups.at("/0/total").asInt()).isEqualTo(5);
    }

    @Test
    void aFaultyRequestIsRefusedWithAllItsFaults() throws Exception {
        var list = operator.call("GET", "/dlq?motvo=X&limit=0&desde=yesterday&cursor=x", "");
        assertThat(list.statusCode()).isEqualTo(422);
        assertThat(list.body()).contains("\"motvo\"", "\"limit\"", "\"desde\"", "\"cursor\"");
        var redrive = operator.call(
                "POST", "/dlq/redrive", "{\"por_segundo\":0,\"pedido_ids\":[\"a b\"],\"tipo\":5,\"unknown\":1}");
        assertThat(redrive.statusCode()).isEqualTo(422);
        assertThat(redrive.body()).contains("\"por_segundo\"", "\"pedido_ids[0]\"", "\"tipo\"", "\"unknown\"");
        assertThat(operator.call("POST", "/dlq/redrive", "").statusCode()).isEqualTo(400);
        assertThat(operator.call("DELETE", "/dlq/x", "{}").statusCode()).isEqualTo(422);
        assertThat(operator.call("POST", "/recebedores/x/release", "{\"action\":\"free\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(operator.call("GET", "/recebedores?retido=maybe", "").statusCode())
                .isEqualTo(422);
        assertThat(operator.call("GET", "/dlq/redrives/5", "").statusCode()).isEqualTo(404);
        assertThat(operator.call("POST", "/dlq/nobody/redrive", "").statusCode())
                .isEqualTo(404);
        assertThat(operator.call("POST", "/recebedores/nobody/release", "{\"action\":\"skip_head\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRedriveBeginsANewCicloAndSaysWhoWantedIt() throws Exception {
        die("again", "rcb-again", "{\"falhas_transitorias\":9}");

        var answer = operator.call("POST", "/dlq/again/redrive", "");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"pedido_id\":\"again\",\"status\":\"PENDING\"}");

        String twoAttempts = " PROCESSING RETRY_SCHEDULED PROCESSING DEAD_LETTERED";
        system.awaitCount(
                "select count(*) from pedidos where pedido_id = 'again' and ciclo = 1 and status = 'DEAD_LETTERED'", 1);
        assertThat(operator.events("again")).isEqualTo("ACCEPTED" + twoAttempts + " REDRIVEN" + twoAttempts);
        var redriven = operator.get("/pedidos/again/events").at("/events/5/payload");
        assertThat(redriven.path("por").asString("")).isEqualTo(Operator.NAME);
        assertThat(redriven.path("anterior").asString("")).isEqualTo("TENTATIVAS_ESGOTADAS");
        assertThat(redriven.path("ciclo").asInt()).isEqualTo(1);
    }

    @Test
    void theCommandsDoTheSameInTheNameOfTheUser() throws Exception {
        die("command", "rcb-command", "{\"falha_permanente\":true}");

        assertThat(command("dlq", "list", "--recebedor", "rcb-command").output())
                .containsPattern("command +rcb-command +simulado +FALHA_PERMANENTE +PermanentFailure +1 ");
        var unasked = command("dlq", "redrive", "--recebedor", "rcb-command");
        assertThat(unasked.exitCode()).as(unasked.output()).isEqualTo(2);
        assertThat(unasked.output()).contains("Redrive 1 dead letter, at most 100 a second?", "--yes");
        var redriven = command("dlq", "redrive", "--recebedor", "rcb-command", "--yes");
        assertThat(redriven.exitCode()).as(redriven.output()).isZero();
        assertThat(redriven.output()).contains("DONE, 1 of 1");
        system.awaitCount(
                "select count(*) from pedidos where pedido_id = 'command' and ciclo = 1 and status = 'DEAD_LETTERED'",
                1);
        assertThat(operator.get("/pedidos/command/events")
                        .at("/events/3/payload/por")
                        .asString(""))
                .isEqualTo(System.getProperty("user.name"));
        var discarded = command("dlq", "discard", "command", "--motivo", "no use", "--yes");
        assertThat(discarded.exitCode()).as(discarded.output()).isZero();
        var again = command("dlq", "discard", "command", "--motivo", "no use", "--yes");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("409: The pedido is not a dead letter");
    }

    @Test
    void aPedidoThatIsNotDeadIsNeitherRedrivenNorDiscarded() throws Exception {
        client.post(Client.simulado("alive", "rcb-alive", "{}"));
        operator.awaitStatus("alive", "COMPLETED");

        var redrive = operator.call("POST", "/dlq/alive/redrive", "");
        assertThat(redrive.statusCode()).isEqualTo(409);
        assertThat(Http.tree(redrive).path("type").asString("")).isEqualTo("/problems/not-dead-lettered");
        assertThat(operator.call("DELETE", "/dlq/alive", "{\"motivo\":\"x\"}").statusCode())
                .isEqualTo(409);
        assertThat(operator.call("POST", "/recebedores/rcb-alive/release", "{\"action\":\"retry_head\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(operator.events("alive")).isEqualTo("ACCEPTED PROCESSING COMPLETED");
    }

    @Test
    void aDiscardedLetterStaysRecordedAndLeavesTheQueueWithItsCopies() throws Exception {
        die("gone", "rcb-gone", "{\"falha_permanente\":true}");
        die("stays", "rcb-gone", "{\"falha_permanente\":true}");
        system.awaitCount("select count(*) from pedidos where recebedor_id = 'rcb-gone' and published", 2);
        broker.addCopyAndNoise();

        var answer = operator.call("DELETE", "/dlq/gone", "{\"motivo\":\"cliente desistiu\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(operator.get("/pedidos/gone").path("status").asString("")).isEqualTo("DISCARDED");
        assertThat(operator.get("/pedidos/gone").path("motivo").asString("")).isEqualTo("cliente desistiu");
        var discarded = operator.get("/pedidos/gone/events").at("/events/3/payload");
        assertThat(discarded.path("anterior").asString("")).isEqualTo("FALHA_PERMANENTE");
        assertThat(discarded.path("por").asString("")).isEqualTo(Operator.NAME);
        assertThat(operator.call("DELETE", "/dlq/gone", "{\"motivo\":\"x\"}").statusCode())
                .isEqualTo(409);

        var expected = system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select pedido_id from pedidos where status = 'DEAD_LETTERED'")
                        .mapTo(String.class)
                        .list());
        expected.add("noise");
        broker.awaitDeadLetters(expected.toArray(String[]::new));
    }

    @Test
    void aPedidoWhoseCancellationWasDiscardedIsNotCancellable() throws Exception {
        client.stock("not-released", 8);
        client.post(Client.pedido("kept", "rcb-kept", "not-released:8"));
        operator.awaitStatus("kept", "COMPLETED");
        system.alter("update estoque set reservado = 0 where sku = 'not-released'");
        String cancellation = new Cancelamento("kept", null).pedidoId();
        assertThat(client.cancel("kept").status()).isEqualTo(202);
        operator.awaitStatus(cancellation, "DEAD_LETTERED");
        assertThat(client.cancel("kept").status()).as("it may be redriven").isEqualTo(202);

        operator.discard(cancellation);

        assertThat(client.cancel("kept").status()).isEqualTo(409);
        assertThat(client.get("/pedidos/kept").text("status")).isEqualTo("COMPLETED");
    }
}
