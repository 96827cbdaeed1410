package dev.pedidos.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.UntilTaken;
import dev.pedidos.shared.text.RootLocale;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A batch against a provider that is slow, asks for pauses, fails and is down, with a worker that is killed twice on the way. */
class ProviderTest {

    private static final int MOST_IN_HAND = 64;

    /** No provider is slow: a machine that stands still shall not look like one. */
    private static final Map<String, String> PATIENT = Map.of("PEDIDOS_CNPJ_TIMEOUT_MS", "60000");

    private static final String FAILED_WITH = "event_type = 'RETRY_SCHEDULED' and payload ->> 'erro_classe' ";
    private static final String MET_THE_OUTAGE =
            FAILED_WITH + "in ('DependencyUnavailable', 'CallNotPermittedException')";

    /** In milliseconds since 1970. */
    private record Kill(long from, long until) {}

    /** @param perMinute how often the fleet may call the provider */
    private record Scenario(
            int companies, int twice, Duration latency, Duration outage, int perMinute, Map<String, String> settings) {
        int items() {
            return companies + twice;
        }
    }

    @Test
    void everyItemEndsAndNeitherPausesNorAnOutageUseAnAttempt() throws Exception {
        run(new Scenario(
                160,
                16,
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                10_000,
                Map.of("PEDIDOS_RETRY_BASE_MS", "200")));
    }

    @Test
    @Tag("thorough")
    void aThousandCompaniesAndAnOutageOfTwoMinutes() throws Exception {
        run(new Scenario(1_000, 100, Duration.ofMillis(150), Duration.ofMinutes(2), 500, Map.of()));
    }

    @Test
    void aQuestionThatAlwaysFailsUsesItsAttemptsThoughOthersWereAnsweredBefore() throws Exception {
        try (var provider = ProviderProcess.start(Duration.ZERO);
                var system =
                        TestSystem.start("bad-question", settings(provider, Map.of("PEDIDOS_RETRY_BASE_MS", "100")))) {
            var http = new Http(system.apiByLedger());
            system.worker();
            awaitStatus(http, post(http, Companies.batch(2, 0)), "SUCCESS");
            awaitStatus(http, post(http, Companies.batch(IntStream.of(90_000_001))), "FAILURE");

            assertThat(system.text("select motivo || ' ' || tentativas from pedidos where status = 'DEAD_LETTERED'"))
                    .isEqualTo("TENTATIVAS_ESGOTADAS 5");
        }
    }

    private static void run(Scenario scenario) throws Exception {
        try (var provider = ProviderProcess.start(scenario.latency())) {
            var settings = settings(provider, scenario.settings());
            settings.put("PEDIDOS_LIMITES", "cnpj=" + scenario.perMinute() + "/min");
            try (var system = TestSystem.start("provider", settings)) {
                var http = new Http(system.apiByLedger());
                List<Kill> kills = new ArrayList<>();
                var worker = system.worker();
                provider.downAfter(scenario.companies() * 2 / 5);
                String task = post(http, Companies.batch(scenario.companies(), scenario.twice()));
                awaitProcessing(http, task);
                awaitCalls(provider, scenario.companies() / 5);
                kills.add(kill(worker));
                worker = system.worker();
                provider.awaitDown();
                awaitOutage(system, provider, scenario.outage());
                provider.up();
                kills.add(kill(worker));
                system.worker();
                awaitStatus(http, task, "SUCCESS");

                assertEveryItemIsAnswered(system, scenario);
                assertNoMinuteHasMoreCalls(provider.calls(), scenario.perMinute());
                assertAttempts(system, provider.calls(), scenario);
                assertOneAnswerEach(system, provider.calls(), scenario, kills);
                assertAudit(http, system, task, provider.calls());
            }
        }
    }

    private static Map<String, String> settings(ProviderProcess provider, Map<String, String> more) {
        var settings = new HashMap<>(PATIENT);
        settings.put("PEDIDOS_CNPJ_URL", provider.url());
        settings.putAll(more);
        return settings;
    }

    private static String post(Http http, String batch) throws Exception {
        String key = UUID.randomUUID().toString();
        var answer = UntilTaken.answer(
                        () -> http.sendJson("POST", "/batch-expenses", batch, "Idempotency-Key", key),
                        HttpResponse::statusCode)
                .get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Http.tree(answer).path("task_id").stringValue();
    }

    private static void awaitStatus(Http http, String task, String status) {
        Awaitility.await("the task")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> http.get("/tasks/" + task)
                        .path("status")
                        .stringValue("")
                        .equals(status));
    }

    private static void awaitProcessing(Http http, String task) {
        Awaitility.await("an item whose company is being asked for")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !http.get("/tasks/" + task + "/items?status=PROCESSING")
                        .path("items")
                        .isEmpty());
    }

    private static void awaitCalls(ProviderProcess provider, int calls) {
        Awaitility.await("calls")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> provider.calls().size() >= calls);
    }

    /** A worker that looks only after it whether the provider is up takes a question that it has cut for a failed one. */
    private static void awaitOutage(TestSystem system, ProviderProcess provider, Duration outage) {
        Awaitility.await("an outage that each question has met that it has cut")
                .pollDelay(outage)
                .atMost(outage.plusMinutes(5))
                .untilAsserted(() -> assertThat(putOff(system)).containsAll(withoutAnswer(provider.calls())));
    }

    /** The companies about which every question was cut. */
    private static Set<String> withoutAnswer(List<ProviderCall> calls) {
        var all = calls.stream()
                .filter(call -> call.status() == ProviderCall.NOT_ANSWERED)
                .map(ProviderCall::cnpj)
                .collect(Collectors.toSet());
        calls.stream().filter(ProviderCall::isKnown).map(ProviderCall::cnpj).forEach(all::remove);
        return all;
    }

    /** The companies whose pedidos have met the outage. */
    private static List<String> putOff(TestSystem system) {
        return system.ledger()
                .jdbi()
                .withHandle(handle -> handle.createQuery("select distinct recebedor_id from pedidos where pedido_id in"
                                + " (select external_id from operation_events where " + MET_THE_OUTAGE + ")")
                        .mapTo(String.class)
                        .list());
    }

    private static Kill kill(TestProgram worker) throws InterruptedException {
        long from = System.currentTimeMillis();
        worker.kill();
        return new Kill(from, System.currentTimeMillis());
    }

    private static void assertNoMinuteHasMoreCalls(List<ProviderCall> calls, int most) {
        var begun = calls.stream().mapToLong(ProviderCall::begun).sorted().toArray();
        for (int i = most; i < begun.length; i++) {
            assertThat(begun[i] - begun[i - most]).as("call %d", i).isGreaterThanOrEqualTo(60_000);
        }
    }

    private static void assertEveryItemIsAnswered(TestSystem system, Scenario scenario) {
        long unknown = count(system, "status = 'REJECTED' and motivo = 'CNPJ_DESCONHECIDO'");
        long closed =
                count(system, "resultado ->> 'alerta' = 'EMPRESA_NAO_ATIVA' and resultado ->> 'situacao' = 'BAIXADA'");
        long active = count(system, "resultado ->> 'situacao' = 'ATIVA' and resultado -> 'alerta' is null");
        assertThat(unknown).isEqualTo(multiples(scenario, 25));
        assertThat(closed).isEqualTo(multiples(scenario, 20) - multiples(scenario, 100));
        assertThat(unknown + closed + active).isEqualTo(scenario.items());
    }

    private static long count(TestSystem system, String condition) {
        return system.count("select count(*) from pedidos where tipo = 'despesa' and " + condition);
    }

    /** The items whose company is divided by it. */
    private static long multiples(Scenario scenario, int divisor) {
        return scenario.companies() / divisor + scenario.twice() / divisor;
    }

    /** Each 500 may use one, and so does a worker that is killed while it tries a pedido. */
    private static void assertAttempts(TestSystem system, List<ProviderCall> calls, Scenario scenario) {
        String failed = "select count(*) from operation_events where " + FAILED_WITH;
        long transientOnes = system.count(failed + "= 'TransientFailure'");
        long killed = system.count(failed + "= 'WorkerDerrubado'");
        assertThat(transientOnes)
                .isLessThanOrEqualTo(
                        calls.stream().filter(call -> call.status() == 500).count());
        assertThat(system.count("select sum(tentativas) from pedidos where tipo = 'despesa'"))
                .isEqualTo(scenario.items() + transientOnes + killed);
        assertThat(system.count("select count(*) from operation_events where " + MET_THE_OUTAGE))
                .as("the outage was met")
                .isPositive();
        assertThat(system.count(failed + "= 'DependencyBusy'"))
                .as("pauses were met")
                .isPositive();
    }

    /**
     * Each company is asked for once. A question is asked again only if a kill or the outage cut it: then its answer was not recorded,
     * or its worker was killed before it was kept.
     */
    private static void assertOneAnswerEach(
            TestSystem system, List<ProviderCall> calls, Scenario scenario, List<Kill> kills) {
        String known = "select p.recebedor_id from chamadas c join pedidos p using (pedido_id)"
                + " where c.dependencia = 'cnpj' and c.resultado = 'OK'";
        assertThat(system.count("select count(distinct recebedor_id) from (" + known + ") answered"))
                .isEqualTo(scenario.companies());
        String notCut = kills.stream()
                .map(kill -> RootLocale.format(
                        " and c.em not between to_timestamp(%d) - interval '2 seconds' and to_timestamp(%d) + interval"
                                + " '2 seconds'",
                        kill.from() / 1_000, kill.until() / 1_000))
                .collect(Collectors.joining());
        assertThat(system.count("select count(*) from (" + known + notCut
                        + " group by p.recebedor_id having count(*) > 1) twice"))
                .isZero();
        assertThat(calls.stream()
                        .filter(ProviderCall::isKnown)
                        .map(ProviderCall::cnpj)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Companies.cnpjs(scenario.companies()));
        assertThat(calls)
                .hasSizeLessThan(scenario.companies() + (kills.size() + 1) * MOST_IN_HAND + notAnswered(calls));
    }

    /** The 429s, the 500s, and the questions that the outage cut. */
    private static int notAnswered(List<ProviderCall> calls) {
        return (int) calls.stream().filter(call -> !call.isKnown()).count();
    }

    private static void assertAudit(Http http, TestSystem system, String task, List<ProviderCall> calls)
            throws Exception {
        String of =
                "select count(*) from chamadas where dependencia = 'cnpj' and task_id = '" + task + "' and resultado ";
        long ok = system.count(of + "= 'OK'");
        assertThat(ok)
                .isLessThanOrEqualTo(
                        calls.stream().filter(ProviderCall::isKnown).count());
        assertThat(system.count(of + "= 'ADIADA'")).isPositive();
        assertThat(system.count(of + "= 'GUARDADA' and idade_ms >= 0")).isPositive();
        assertThat(system.count(of + "= 'OK' and duracao_ms >= 0 and pedido_id like '" + task + ":%'"))
                .isEqualTo(ok);
        var page = http.get(RootLocale.format("/audit?dependencia=cnpj&task_id=%s&limit=500", task));
        assertThat(page.path("chamadas").size()).isPositive();
    }
}
