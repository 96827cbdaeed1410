package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.text.RootLocale;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fault 17: a database of the handler's own fails. The attempt has failed, and the ledger does not count as down. */
class HandlersOwnDatabaseTest {

    private static final String HANDLER = """
        package faults;

        import dev.pedidos.shared.message.Pedido;
        import dev.pedidos.worker.handler.Calls;
        import dev.pedidos.worker.handler.Handler;
        import dev.pedidos.worker.handler.Outcome;
        import dev.pedidos.worker.handler.Preparation;
        import java.sql.DriverManager;
        import java.sql.SQLException;
        import org.jdbi.v3.core.Handle;

        /** Asks another database, which fails as it is told. */
        public final class ErpHandler implements Handler {

            @Override
            public String tipo() {
                return "erp";
            }

            @Override
            public Preparation prepare(Pedido pedido, Calls calls) throws Exception {
                String where = pedido.dados().path("onde").asString("");
                if (where.equals("prepare")) {
                    ask(pedido);
                } else if (where.equals("call")) {
                    calls.call(pedido.pedidoId(), () -> {
                        ask(pedido);
                        return "";
                    });
                }
                return Preparation.NONE;
            }

            @Override
            public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) throws SQLException {
                if (pedido.dados().path("onde").asString("").equals("apply")) {
                    ask(pedido);
                }
                return new Outcome.Completed(null);
            }

            private static void ask(Pedido pedido) throws SQLException {
                String how = pedido.dados().path("como").asString("");
                if (how.equals("down")) {
                    DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/erp", "u", "p").close();
                }
                throw new SQLException("relation \\"pedidos\\" does not exist", how);
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
        system = FailingHandler.system("handlers-own-database", "faults.ErpHandler", HANDLER, plugins);
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
    @CsvSource({
        "prepare, down",
        "prepare, 28P01",
        "prepare, 42P01",
        "prepare, 40001",
        "call, down",
        "call, 42P01",
        "apply, down",
        "apply, 42P01"
    })
    void aDatabaseOfTheHandlersOwnIsNotTheLedger(String where, String how) throws Exception {
        int before = worker.log().length();
        String id = "erp-" + where + "-" + how;
        String body = RootLocale.format("""
            {"pedido_id":"%s","tipo":"erp","recebedor_id":"rcb-%s","origem":"api","dados":{"onde":"%s","como":"%s"}}
            """, id, id, where, how);
        assertThat(client.post(body).status()).isEqualTo(202);
        client.post(Client.simulado("after-" + id, "rcb-after-" + id, "{}"));
        operator.awaitStatus(id, "DEAD_LETTERED");
        operator.awaitStatus("after-" + id, "COMPLETED");

        assertThat(client.get("/pedidos/" + id).number("tentativas")).isEqualTo(5);
        assertThat(client.get("/pedidos/" + id).text("motivo")).isEqualTo("TENTATIVAS_ESGOTADAS");
        assertThat(worker.log()
                        .substring(before)
                        .lines()
                        .filter(line -> line.contains("DatabaseBreaker") || line.contains("DatabaseRetry")))
                .as("it is no failure of the ledger")
                .noneMatch(line -> Stream.of("127.0.0.1:1 ", "does not exist", "SQLSTATE " + how)
                        .anyMatch(line::contains));
    }
}
