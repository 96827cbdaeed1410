package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Operator;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.ledger.deadletter.DeadLetterFilter;
import dev.pedidos.shared.ledger.deadletter.Redrives;
import dev.pedidos.shared.text.RootLocale;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RedriveTest {

    private static final int TWICE = 40;
    private static final int SLOWLY = 12;
    private static final int PER_SECOND = 1;
    private static final int KEPT = 200;
    private static final int FREE = 20;

    @Test
    void oneOfManyRedrivesTakesEffectAndAKilledApisRedriveIsFinishedByAnother() throws Exception {
        try (var system = TestSystem.start("redrive", Map.of("PEDIDOS_HANDLER_SIMULADO", "on"))) {
            var one = system.api();
            var other = system.api();
            var worker = system.worker();
            var client = new Client(one);
            for (int i = 0; i < TWICE + SLOWLY; i++) {
                String recebedor = i < TWICE ? "twice" : "slowly";
                client.post(
                        Client.simulado(recebedor + "-" + i, recebedor + "-" + i % 3, "{\"falha_permanente\":true}"));
            }
            system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED'", TWICE + SLOWLY);
            // Redriven pedidos stay PENDING: nothing dies a second time meanwhile.
            worker.stop();

            redriveTwiceAtOnce(system, new Operator(system, one), new Operator(system, other));

            other.drain();
            var operator = new Operator(system, one);
            var asked = operator.call(
                    "POST",
                    "/dlq/redrive",
                    RootLocale.format(
                            "{\"motivo\":\"FALHA_PERMANENTE\",\"tipo\":\"simulado\",\"por_segundo\":%d}", PER_SECOND));
            long start = System.nanoTime();
            assertThat(Http.tree(asked).path("selecionados").asInt()).isEqualTo(SLOWLY);
            String id = Http.tree(asked).path("redrive_id").asString("");
            Awaitility.await("the first of them")
                    .until(() ->
                            operator.get("/dlq/redrives/" + id).path("feitos").asInt() >= 3);
            one.kill();
            assertThat(system.count("select count(*) from operation_events where event_type = 'REDRIVEN'"))
                    .as("killed before the last of them")
                    .isLessThan(TWICE + SLOWLY);
            var progress = new Operator(system, system.api()).awaitRedrive(id);
            assertThat(progress.path("feitos").asInt()).isEqualTo(SLOWLY);
            assertThat(System.nanoTime() - start).isGreaterThan((SLOWLY - 2) / PER_SECOND * 1_000_000_000L);
            assertThat(system.count("select count(*) from pedidos where status = 'PENDING' and ciclo = 1"))
                    .isEqualTo(TWICE + SLOWLY);
            assertThat(system.count("select count(*) from operation_events where event_type = 'REDRIVEN'"))
                    .isEqualTo(TWICE + SLOWLY);
        }
    }

    /** The lock of a receiver with many letters is kept. */
    @Test
    void oneReceiverWhoseLockIsKeptHoldsUpNoOtherOne() throws Exception {
        try (var system = TestSystem.start("kept-redrive", Map.of())) {
            var operator = new Operator(system, system.api());
            die(system, "kept-' || n, n, 'simulado', 'kept'", KEPT);
            die(system, "free-' || n, 1000 + n, 'simulado', 'free-' || n", FREE);
            String redriven = "select count(*) from pedidos where status = 'PENDING' and pedido_id like ";
            try (var keeping = system.holdReceiver("kept")) {
                String both = id(operator.call("POST", "/dlq/redrive", "{\"todos\":true}"));
                String another = id(operator.call("POST", "/dlq/redrive", "{\"recebedor_id\":\"free-1\"}"));
                operator.awaitRedrive(another);
                system.awaitCount(redriven + "'free-%'", FREE);
                assertThat(operator.get("/dlq/redrives/" + both).path("feitos").asInt())
                        .isEqualTo(FREE);
                assertThat(system.count(redriven + "'kept-%'")).isZero();
                keeping.createStatement().execute("select pg_advisory_unlock_all()");
                operator.awaitRedrive(both);
            }
            assertThat(system.count(redriven + "'kept-%'")).isEqualTo(KEPT);
        }
    }

    @Test
    void aCancelledRedriveLeavesTheRestDead() throws Exception {
        try (var system = TestSystem.start("cancelled-redrive", Map.of())) {
            var operator = new Operator(system, system.api());
            die(system, "dead-' || n, n, 'simulado', 'rcb-' || n", KEPT);
            String id = id(operator.call("POST", "/dlq/redrive", "{\"todos\":true,\"por_segundo\":1}"));
            system.alter("insert into redrives (por, filter, por_segundo, selecionados, finished)"
                    + " values ('ana', '{\"todos\":true}', 1, 0, clock_timestamp())");
            var listed = operator.get("/dlq/redrives").path("redrives");
            assertThat(listed.size()).isEqualTo(2);
            assertThat(listed.at("/0/redrive_id").asString(""))
                    .as("the one that runs comes first, though it is older")
                    .isEqualTo(id);

            var cancelled = Http.tree(operator.call("POST", "/dlq/redrives/" + id + "/cancel", ""));
            assertThat(cancelled.path("status").asString("")).isEqualTo("CANCELLED");
            assertThat(cancelled.path("cancelado_por").asString("")).isEqualTo(Operator.NAME);
            assertThat(Http.tree(operator.call("POST", "/dlq/redrives/" + id + "/cancel", ""))
                            .path("terminado_em"))
                    .as("safe to repeat")
                    .isEqualTo(cancelled.path("terminado_em"));
            assertThat(operator.call("POST", "/dlq/redrives/" + UUID.randomUUID() + "/cancel", "")
                            .statusCode())
                    .isEqualTo(404);

            // Its turn comes after that of the cancelled one.
            operator.awaitRedrive(id(operator.call("POST", "/dlq/redrive", "{\"recebedor_id\":\"rcb-7\"}")));
            assertThat(system.count("select count(*) from pedidos where status = 'DEAD_LETTERED'"))
                    .isGreaterThan(KEPT / 2);
            assertThat(operator.get("/dlq/redrives/" + id).path("status").asString(""))
                    .isEqualTo("CANCELLED");
        }
    }

    @Test
    void aSelectionOfMoreThanARedriveMayHaveIsRefused() throws Exception {
        try (var system = TestSystem.start("large-redrive", Map.of())) {
            die(system, "dead-' || n, n, 'simulado', 'rcb-' || n", 4);
            var all = new DeadLetterFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            assertThat(new Redrives(system.ledger(), 3).choose(all, 1, "maria")).isEmpty();
            assertThat(system.count("select (select count(*) from redrives) + (select count(*) from redrive_items)"))
                    .isZero();
            assertThat(new Redrives(system.ledger(), 4).choose(all, 1, "maria"))
                    .map(Redrives.Chosen::selecionados)
                    .hasValue(4);
        }
    }

    /** @param columns pedido_id, ordem, tipo, recebedor_id */
    private static void die(TestSystem system, String columns, int letters) {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, payload, payload_hash, status,"
                + " motivo, erro_classe, published) select '" + columns
                + ", 'api', '{\"dados\":{}}', '', 'DEAD_LETTERED',"
                + " 'FALHA_PERMANENTE', 'X', true from generate_series(1, " + letters + ") n");
    }

    private static String id(HttpResponse<String> asked) {
        return Http.tree(asked).path("redrive_id").asString("");
    }

    private static void redriveTwiceAtOnce(TestSystem system, Operator one, Operator other) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < TWICE; i++) {
            ids.add("\"twice-" + i + "\"");
        }
        String body = RootLocale.format("{\"pedido_ids\":[%s],\"por_segundo\":1000}", String.join(",", ids));
        List<CompletableFuture<HttpResponse<String>>> redrives =
                List.of(one.later("POST", "/dlq/redrive", body), other.later("POST", "/dlq/redrive", body));
        List<CompletableFuture<HttpResponse<String>>> singles = new ArrayList<>();
        // Five and the group: as many as an API accepts at once; more may be refused with 503.
        for (int i = 0; i < TWICE; i += 8) {
            singles.add(one.later("POST", "/dlq/twice-" + i + "/redrive", ""));
            singles.add(other.later("POST", "/dlq/twice-" + i + "/redrive", ""));
        }
        for (var single : singles) {
            assertThat(single.get().statusCode()).isIn(202, 409);
        }
        for (var redrive : redrives) {
            one.awaitRedrive(Http.tree(redrive.get()).path("redrive_id").asString(""));
        }
        assertThat(system.count("select count(*) from operation_events where event_type = 'REDRIVEN'"))
                .isEqualTo(TWICE);
        assertThat(Http.tree(one.call("POST", "/dlq/redrive", body))
                        .path("selecionados")
                        .asInt())
                .isZero();
    }
}
