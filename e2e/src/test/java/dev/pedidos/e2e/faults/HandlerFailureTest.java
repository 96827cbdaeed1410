package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A failure of the database uses no attempt and keeps the place in line; a failure of the pedido ends after its
 * attempts. Faults 16 (SQLSTATEs) and 17 (a handler throws an exception or an Error).
 */
@Order(7)
class HandlerFailureTest {

    static final String HANDLER = """
        package faults;

        import dev.pedidos.shared.message.Pedido;
        import dev.pedidos.worker.handler.DependencyBusy;
        import dev.pedidos.worker.handler.Handler;
        import dev.pedidos.worker.handler.LimitReached;
        import dev.pedidos.worker.handler.Outcome;
        import dev.pedidos.worker.handler.Preparation;
        import java.time.Duration;
        import java.util.Map;
        import java.util.concurrent.ConcurrentHashMap;
        import java.util.concurrent.CountDownLatch;
        import java.util.concurrent.TimeUnit;
        import org.jdbi.v3.core.Handle;

        /** Fails as it is told, so many times. */
        public final class FalhaHandler implements Handler {

            private final Map<String, Integer> tries = new ConcurrentHashMap<>();

            @Override
            public String tipo() {
                return "falha";
            }

            @Override
            public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws Exception {
                var dados = pedido.dados();
                if (dados == null || tries.merge(pedido.pedidoId(), 1, Integer::sum) > dados.path("vezes").asInt()) {
                    return new Outcome.Completed(null);
                }
                String como = dados.path("como").asString("");
                switch (como) {
                    case "exception" -> throw new IllegalStateException("as told");
                    case "error" -> throw new AssertionError("as told");
                    case "no class" -> throw new NoClassDefFoundError("as told");
                    case "stack" -> throw new StackOverflowError();
                    case "nul" -> Integer.parseInt("1\\u0000");
                    case "half" -> throw new IllegalArgumentException("\\ud83d \\u6f22 " + "x".repeat(1_000_000));
                    case "no message" -> throw new IllegalArgumentException((String) null);
                    case "bad message" -> throw new IllegalArgumentException() {
                        @Override
                        public String getMessage() {
                            throw new IllegalStateException();
                        }
                    };
                    case "bad cause" -> throw new IllegalArgumentException("as told") {
                        @Override
                        public Throwable getCause() {
                            throw new IllegalStateException();
                        }
                    };
                    case "bad text" -> throw new IllegalArgumentException() {
                        @Override
                        public String toString() {
                            throw new IllegalStateException();
                        }
                    };
                    case "circle" -> {
                        var one = new IllegalArgumentException("as told");
                        one.initCause(new IllegalStateException("another", one));
                        throw one;
                    }
                    case "busy without an end" -> throw new DependencyBusy("erp", null, "as told");
                    case "limit of nobody" -> throw new LimitReached("a\\u0000b");
                    case "hang" -> new CountDownLatch(1).await();
                    case "idle" -> {
                        tx.execute("set local idle_in_transaction_session_timeout = '1ms'");
                        new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
                        return new Outcome.Completed(null);
                    }
                    case "postpone" -> {
                        tx.execute("insert into estoque (sku, disponivel) values (?, 1)", pedido.pedidoId());
                        return new Outcome.Postponed(Duration.ofMillis(50), "as told");
                    }
                    case "slow query" -> tx.execute("select pg_sleep(60)");
                    default -> tx.execute(
                            "do $$ begin raise exception 'as told' using errcode = '" + como + "'; end $$");
                }
                throw new IllegalStateException("it should have failed");
            }
        }
        """;

    @TempDir
    private static Path plugins;

    private static TestSystem system;
    private static Client client;
    private static Operator operator;
    private static TestProgram worker;

    @BeforeAll
    static void start() throws Exception {
        system = FailingHandler.system("handler-failure", "faults.FalhaHandler", HANDLER, plugins);
        var api = system.api();
        client = new Client(api);
        operator = new Operator(system, api);
        worker = system.worker();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "40001", "40P01", "55P03", "57014", "57P01", "25006", "25P04", "28P01", "53100", "53300", "57P05",
                "idle"
            })
    void aFailureOfTheDatabaseUsesNoAttemptAndKeepsThePlace(String state) throws Exception {
        send(state, state, 3);
        send("after-" + state, state, 0);
        operator.awaitStatus(state, "COMPLETED");
        operator.awaitStatus("after-" + state, "COMPLETED");

        assertThat(client.get("/pedidos/" + state).number("tentativas")).isEqualTo(1);
        assertThat(system.count("select count(*) from operation_events where event_type = 'RETRY_SCHEDULED'"
                        + " and external_id like '%" + state + "'"))
                .isZero();
        assertThat(system.count("select count(*) from operation_events a join operation_events b"
                        + " on b.external_id = 'after-' || a.external_id and b.event_type = 'COMPLETED'"
                        + " where a.external_id = '" + state + "' and a.event_type = 'COMPLETED' and a.id < b.id"))
                .as("in order")
                .isEqualTo(1);
    }

    /** The database answers its probe, and no outcome can be written. */
    @Test
    void whileTheDiskIsFullNoAttemptIsUsedAndAfterThatAllAreDone() throws Exception {
        system.alter("create sequence tries");
        system.alter("create function disk_is_full() returns trigger language plpgsql security definer as $$ begin"
                + " perform nextval('tries'); raise exception 'could not extend file' using errcode = '53100'; end $$");
        system.alter("create trigger disk_is_full before update on pedidos for each row"
                + " when (new.pedido_id like 'full-%' and new.status = 'COMPLETED') execute function disk_is_full()");
        for (int i = 0; i < 12; i++) {
            send("full-" + i, "rcb-full-" + i % 6, "none", 0);
        }
        Awaitility.await("tried again and again").until(() -> system.count("select last_value from tries") > 40);
        system.alter("drop trigger disk_is_full on pedidos");

        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED' and pedido_id like 'full-%'", 12);
        assertThat(system.count("select max(tentativas) from pedidos where pedido_id like 'full-%'"))
                .isEqualTo(1);
        assertThat(system.count("select count(*) from operation_events where event_type = 'RETRY_SCHEDULED'"
                        + " and external_id like 'full-%'"))
                .isZero();
    }

    /** The database can be used: it is the statement that ends its session, or that is too large. */
    @ParameterizedTest
    @ValueSource(strings = {"57P01", "53200", "40001"})
    void aStatementThatFailsAgainAndAgainHoldsUpItsReceiverAndNoOther(String state) throws Exception {
        String id = "again-" + state;
        send(id, state, 12);
        for (int i = 0; i < 8; i++) {
            String beside = "beside-" + i + "-" + state;
            send(beside, "rcb-" + beside, state, 0);
        }
        operator.awaitStatus(id, "COMPLETED");

        assertThat(client.get("/pedidos/" + id).number("tentativas")).isEqualTo(1);
        assertThat(system.count("select count(*) from operation_events one join operation_events beside"
                        + " on beside.external_id like 'beside-_-" + state + "' and beside.event_type = 'COMPLETED'"
                        + " where one.external_id = '" + id + "' and one.event_type = 'COMPLETED'"
                        + " and beside.id < one.id"))
                .as("those that were done before it")
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23514", "42P01"})
    void aFailureOfThePedidoIsDeadLetteredAtOnce(String state) throws Exception {
        send(state, state, 99);
        operator.awaitStatus(state, "DEAD_LETTERED");

        var answer = client.get("/pedidos/" + state);
        assertThat(answer.number("tentativas")).isEqualTo(1);
        assertThat(answer.text("motivo")).isEqualTo("FALHA_PERMANENTE");
    }

    @ParameterizedTest
    @CsvSource({
        "exception, IllegalStateException",
        "error, AssertionError",
        "no class, NoClassDefFoundError",
        "stack, StackOverflowError",
        "nul, NumberFormatException",
        "half, IllegalArgumentException",
        "no message, IllegalArgumentException",
        "bad message, faults.FalhaHandler$1",
        "bad cause, faults.FalhaHandler$2",
        "bad text, faults.FalhaHandler$3",
        "circle, IllegalArgumentException",
        "busy without an end, NullPointerException",
        "limit of nobody, LimitReached",
        "P0001, SQLException"
    })
    void anAttemptThatThrowsIsTriedAgain(String how, String erroClasse) throws Exception {
        String id = how.replace(' ', '-');
        send(id, how, 2);
        operator.awaitStatus(id, "COMPLETED");

        assertThat(client.get("/pedidos/" + id).number("tentativas")).isEqualTo(3);
        assertThat(system.count("select count(*) from operation_events where event_type = 'RETRY_SCHEDULED'"
                        + " and external_id = '" + id + "' and payload ->> 'erro_classe' = '" + erroClasse + "'"))
                .isEqualTo(2);
        assertThat(worker.log()).doesNotContain("opening the connection again");
    }

    @Test
    void whatAHandlerWroteBeforeAPostponementIsRolledBack() throws Exception {
        send("put-off", "postpone", 2);
        operator.awaitStatus("put-off", "COMPLETED");

        assertThat(client.get("/pedidos/put-off").number("tentativas")).isEqualTo(1);
        assertThat(system.count("select count(*) from estoque where sku = 'put-off'"))
                .isZero();
    }

    private static void send(String id, String how, int times) throws Exception {
        send(id, "rcb-" + how.replace(' ', '-'), how, times);
    }

    private static void send(String id, String recebedorId, String how, int times) throws Exception {
        assertThat(client.post(FailingHandler.pedido(id, recebedorId, how, times))
                        .status())
                .isEqualTo(202);
    }
}
