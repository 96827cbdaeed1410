package dev.pedidos.e2e.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.UntilTaken;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Calls for a task while a transaction of another call has it. */
class BusyTaskTest {
    private static final String WAITS_LONG =
            TestSystem.WAITS + " and clock_timestamp() - query_start > interval '2500 milliseconds'";

    private static final String BATCH = "{\"itens\":[{\"cnpj\":\"90.021.382/0001-22\",\"valor_centavos\":1}]}";

    /** With 10,000 itens a transaction may take longer than the two seconds for which other statements wait. */
    @Test
    void aRepeatedBatchAndACancellationWaitForTheTransactionBefore() throws Exception {
        try (var system = TestSystem.start("busy-task", Map.of())) {
            var api = system.api();
            var http = new Http(api);
            new Client(api).awaitLedgerPath();
            var first = untilTaken(() -> send(http, "/batch-expenses", BATCH)).get();
            assertThat(first.statusCode()).isEqualTo(202);
            String id = Http.tree(first).path("task_id").stringValue();

            assertThat(whileBusy(
                            system,
                            "update tasks set task_id = 'other' where task_id = '" + id + "'",
                            () -> send(http, "/batch-expenses", BATCH)))
                    .isEqualTo(200);
            assertThat(whileBusy(
                            system,
                            "select from tasks where task_id = '" + id + "' for update",
                            () -> send(http, "/tasks/" + id + "/cancel", "{}")))
                    .isEqualTo(202);
        }
    }

    /** The status of the answer to a call that waits for the transaction of a statement. */
    private static int whileBusy(
            TestSystem system, String statement, Supplier<CompletableFuture<HttpResponse<String>>> call)
            throws Exception {
        try (var owner = system.owner();
                var other = owner.createStatement()) {
            owner.setAutoCommit(false);
            other.execute(statement);
            var answer = untilTaken(call);
            system.awaitCount(WAITS_LONG, 1);
            owner.rollback();
            return answer.get().statusCode();
        }
    }

    /** A machine that stands still makes the wait too long. */
    private static CompletableFuture<HttpResponse<String>> untilTaken(
            Supplier<CompletableFuture<HttpResponse<String>>> call) {
        return UntilTaken.answer(call, HttpResponse::statusCode);
    }

    private static CompletableFuture<HttpResponse<String>> send(Http http, String path, String body) {
        return http.sendJson("POST", path, body, "Idempotency-Key", "busy");
    }
}
