package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Drain;
import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.Law;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.load.EstoqueSender;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.NdjsonSource;
import dev.pedidos.tools.proof.load.Sender;
import dev.pedidos.tools.proof.report.Verdicts;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks every law of the ledger: a law that cannot fail proves nothing. The ledger is real; its owner makes each
 * fault without the safeguards, in a transaction that is rolled back.
 */
class LawsTest {
    private static final String PEDIDOS = """
            {"pedido_id":"a-1","recebedor_id":"a","origem":"web","itens":[{"sku":"x","quantidade":2},{"sku":"y","quantidade":1}]}
            {"pedido_id":"a-2","recebedor_id":"a","origem":"web","itens":[{"sku":"x","quantidade":3}]}
            {"pedido_id":"a-3","recebedor_id":"a","origem":"web","itens":[{"sku":"x","quantidade":1000}]}
            {"pedido_id":"b-1","recebedor_id":"b","origem":"api","itens":[{"sku":"y","quantidade":1}]}
            {"pedido_id":"c-1","tipo":"simulado","recebedor_id":"c","origem":"api","dados":{"falhas_transitorias":1}}
            {"pedido_id":"c-2","tipo":"simulado","recebedor_id":"c","origem":"api","dados":{"falha_permanente":true}}
            """;
    private static final List<String> EVENTS = List.of(
            "{\"external_id\":\"op\",\"event_type\":\"STARTED\",\"payload\":{}}",
            "{\"external_id\":\"op\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":500}}",
            "{\"external_id\":\"op\",\"event_type\":\"CREATED\",\"payload\":{\"valor_centavos\":700}}");
    private static final String BATCH = "{\"itens\":[{\"cnpj\":\"12ABC34501DE35\",\"valor_centavos\":100}]}";

    /**
     * A transaction that another test holds open in the same cluster makes all that are inserted meanwhile look as if they
     * were inserted at the same time.
     */
    private static final String INSERTED_ONE_AFTER_THE_OTHER = """
            update pedidos p
            set noted_in = (10000 + place.number)::text::xid8, noted_after = (10000 + place.number)::text::xid8
            from (select pedido_id, row_number() over (order by ordem, pedido_id) as number from pedidos) place
            where p.pedido_id = place.pedido_id""";

    private static final Since AN_HOUR = new Since.Ago(Duration.ofHours(1));

    private static TestSystem system;

    @BeforeAll
    static void fillALedger() throws Exception {
        system = TestSystem.start("laws", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_RETRY_BASE_MS", "100"));
        var api = system.api();
        system.worker();
        EstoqueSender.send(
                api.url(),
                List.of("{\"sku\":\"x\",\"disponivel\":100}", "{\"sku\":\"y\",\"disponivel\":100}")
                        .iterator());
        List<LoadAnswer> answers = new ArrayList<>();
        var lines = new ByteArrayInputStream(PEDIDOS.getBytes(StandardCharsets.UTF_8));
        new Sender(List.of(api.url()), 1, 0).send(new NdjsonSource(lines, Long.MAX_VALUE), answers::add);
        assertThat(answers).extracting(LoadAnswer::status).containsOnly(202).hasSize(6);
        for (String event : EVENTS) {
            assertThat(new Http(api).json("POST", "/operations", event).statusCode())
                    .isEqualTo(202);
        }
        assertThat(new Http(api).json("POST", "/batch-expenses", BATCH).statusCode())
                .isEqualTo(202);
        try (var connection = system.owner()) {
            Drain.await(connection, Duration.ofSeconds(60), () -> true, now -> {});
            connection.setAutoCommit(true);
            connection.createStatement().execute(INSERTED_ONE_AFTER_THE_OTHER);
        }
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aLedgerThatWasWorkedOnByTheSystemBreaksNoLaw() throws Exception {
        assertThat(brokenBy()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.pedidos.e2e.LawFault#all")
    void aFaultIsFound(LawFault fault) throws Exception {
        assertThat(brokenBy(fault.statements())).contains(fault.law());
    }

    /** As a call that waits for a place is, and then the clock is set back by an hour. */
    @Test
    void anAttemptThatWasDueWhenItWasPutOffIsNotMadeTooEarly() throws Exception {
        assertThat(brokenBy(
                        LawFault.NO_TRIGGER,
                        "update operation_events set occurred_at = now() + interval '1 hour', payload = payload"
                                + " || jsonb_build_object('proxima_tentativa_em', now() + interval '1 hour')"
                                + " where external_id = 'c-1' and event_type = 'RETRY_SCHEDULED'"))
                .doesNotContain("attempts-wait-their-time");
    }

    @ParameterizedTest
    @MethodSource("dev.pedidos.e2e.LawFault#ofWhatHasChanged")
    void aFaultIsFoundInWhatHasChanged(LawFault fault) throws Exception {
        assertThat(Judging.broken(judged(Optional.of(AN_HOUR), fault.statements())))
                .contains(fault.law());
    }

    @Test
    void noLawCountsAsJudgedThatWasNot() throws Exception {
        var judgement = judged(Optional.of(AN_HOUR), "update estoque set disponivel = disponivel + 1 where sku = 'x'");

        assertThat(judgement.verdicts())
                .allMatch(Verdict::holds)
                .extracting(Verdict::law)
                .doesNotContain("estoque-adds-up");
        assertThat(judgement.notJudged())
                .extracting(Judgement.NotJudged::law)
                .containsExactly("estoque-adds-up", "estoque-was-never-below-zero", "every-end-has-its-webhook");
        assertThat(Verdicts.text(judgement))
                .contains("for the 10", "judged in full:", "not judged:\n  -         estoque-adds-up");
    }

    @Test
    void whatHasNotChangedIsNotJudged() throws Exception {
        var judgement = judged(
                Optional.of(new Since.Ago(Duration.ZERO)),
                LawFault.NO_TRIGGER,
                "update operation_events set occurred_at = occurred_at - interval '10 minutes'",
                "update pedidos set motivo = 'X' where pedido_id = 'c-2'");

        assertThat(judgement.extent())
                .isInstanceOfSatisfying(
                        Extent.Changes.class,
                        changes -> assertThat(changes.pedidos()).isZero());
        assertThat(Judging.broken(judgement)).isEmpty();
    }

    @Test
    void theProgramsRoleMayJudgeEveryLaw() throws Exception {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            assertThat(LedgerLaws.judge(snapshot, AsOf.NOW, Optional.empty(), JudgingLimit.none())
                            .notJudged())
                    .isEmpty();
        }
    }

    @Test
    void everyLawIsBrokenAtLeastOnce() {
        assertThat(LawFault.all().map(LawFault::law))
                .containsAll(Law.ALL.stream().map(Law::name).toList())
                .contains(OperationsLaw.NAME);
    }

    @Test
    void aRedrivenPedidoTakesEffectWhenItIsRedriven() throws Exception {
        assertThat(brokenBy(
                        LawFault.NO_TRIGGER,
                        LawFault.IDS_ARE_FREE,
                        LawFault.EFFECTS_OF_A1_AND_A2_SWAPPED,
                        "update pedidos set ciclo = 1 where pedido_id = 'a-1'"))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aPedidoInsertedAfterAnotherOneArrivedMayTakeEffectAfterIt() throws Exception {
        assertThat(brokenBy(
                        LawFault.NO_TRIGGER,
                        LawFault.IDS_ARE_FREE,
                        "update pedidos set unnoted = true, noted_in = '99999999', noted_after = '99999999' where pedido_id = 'a-1'",
                        LawFault.EFFECTS_OF_A1_AND_A2_SWAPPED))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aRestoredLedgerIsNotJudgedByTransactionNumbersOfTheOldCluster() throws Exception {
        String[] restored = {
            "update pedidos set noted_by = 1, noted_in = '99999999', noted_after = '99999999' where pedido_id = 'a-1'"
        };
        assertThat(brokenBy(restored)).isEmpty();
        try (var connection = system.owner()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(restored[0]);
            assertThat(LedgerLaws.checkRunning(connection))
                    .filteredOn(verdict -> verdict.law().equals("order-per-recebedor"))
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.counted()).contains("1 were inserted in another cluster"));
            connection.rollback();
        }
    }

    @Test
    void aRowThatAReplayMadeAgainIsNotJudgedByItsPlace() throws Exception {
        String[] madeAgain = {"update pedidos set noted_by = 0 where pedido_id = 'a-2'"};

        assertThat(brokenBy(madeAgain)).isEmpty();
        assertThat(judged(Optional.empty(), madeAgain).verdicts())
                .filteredOn(verdict -> verdict.law().equals("order-per-recebedor"))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.counted())
                        .contains("1 rows were made again by a replay")
                        .doesNotContain("another cluster"));
    }

    @Test
    void whatIsArchivedIsJudgedLikeAllOthers() throws Exception {
        String[] archived = {
            "select open_archive_month(archive_month(ordem)) from pedidos",
            "select archive_pedidos(array(select pedido_id from pedidos where status <> 'DEAD_LETTERED'))"
        };
        var everything = judged(Optional.empty(), archived);

        assertThat(Judging.broken(everything)).isEmpty();
        assertThat(Verdicts.text(everything)).contains("9 of these pedidos are in the archive");
        assertThat(Judging.broken(judged(Optional.of(AN_HOUR), archived))).isEmpty();
        for (Optional<Since> since : List.of(Optional.<Since>empty(), Optional.of(AN_HOUR))) {
            assertThat(Judging.broken(judged(
                            since,
                            archived[0],
                            archived[1],
                            "update pedidos_arquivados set motivo = 'X' where pedido_id = 'b-1'")))
                    .containsExactly("replay");
            assertThat(Judging.broken(judged(
                            since,
                            archived[0],
                            archived[1],
                            "delete from reservas_arquivadas where pedido_id = 'b-1'")))
                    .contains("reservas-are-those-of-completed-pedidos");
        }
    }

    @Test
    void pedidosOfATipoWithoutOrderAreNotJudged() throws Exception {
        assertThat(brokenBy(
                        LawFault.NO_TRIGGER,
                        LawFault.IDS_ARE_FREE,
                        LawFault.EFFECTS_OF_A1_AND_A2_SWAPPED,
                        "update pedidos set ordered = false where pedido_id = 'a-1'"))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aPedidoParkedBehindAnUnfinishedHeadBreaksNoLaw() throws Exception {
        assertThat(brokenBy(
                        "update pedidos set atualizado_em = now() - interval '2 minutes' where recebedor_id = 'a'",
                        "update pedidos set status = 'PENDING', parked = true where pedido_id = 'a-3'",
                        "update pedidos set status = 'PENDING' where pedido_id = 'a-2'"))
                .doesNotContain("nothing-parked-behind-a-finished-head");
    }

    @Test
    void whoWaitsForACallAndIsInTheListIsNotForgotten() throws Exception {
        assertThat(
                        brokenBy(
                                LawFault.STRANDED + ", relay_at = 'infinity' where pedido_id = 'b-1'",
                                "insert into esperas (pedido_id, dependencia, ciclo, agendamento, grupo, ficha)"
                                        + " select pedido_id, 'd', ciclo, agendamento, 'g', 1 from pedidos where pedido_id = 'b-1'"))
                .doesNotContain("nothing-stranded");
    }

    @Test
    void manyEventsThatAreNoEndsHideNoEnd() throws Exception {
        String[] afterOthersEnded = {
            "update pedidos set status = 'PENDING', relay_at = null, atualizado_em = now() - interval '20 minutes'"
                    + " where pedido_id = 'b-1'",
            "insert into operation_events (external_id, event_type, payload, payload_hash)"
                    + " select 'estoque:x', 'ESTOQUE_DEFINIDO', '{\"delta\":0}', i::text::bytea"
                    + " from generate_series(1, 10001) i"
        };
        assertThat(brokenBy(afterOthersEnded)).doesNotContain("nothing-stranded");
        assertThat(Judging.broken(judged(Optional.of(AN_HOUR), afterOthersEnded)))
                .doesNotContain("nothing-stranded");
    }

    @Test
    void whatAHandlerOfAnotherTipoCallsReservasMayBeAnything() throws Exception {
        assertThat(brokenBy(
                        LawFault.NO_TRIGGER,
                        "update operation_events set payload = payload || '{\"resultado\":{\"reservas\":{\"x\":1}}}'"
                                + " where external_id = 'c-1' and event_type = 'COMPLETED'",
                        "insert into operation_events (external_id, event_type, payload, payload_hash) values"
                                + " ('c-1', 'CANCELLED', '{\"ciclo\":0,\"liberado\":{\"reservas\":\"x\"}}', '')"))
                .doesNotContain("what-was-cancelled-has-no-effect", "estoque-was-never-below-zero");
    }

    private static List<String> brokenBy(String... statements) throws SQLException {
        return Judging.broken(judged(Optional.empty(), statements));
    }

    private static Judgement judged(Optional<Since> since, String... statements) throws SQLException {
        return Judging.with(system, since, statements);
    }
}
