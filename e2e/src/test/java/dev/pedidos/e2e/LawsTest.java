package dev.pedidos.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.runtime.DatabaseUrl;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Drain;
import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.Law;
import dev.pedidos.tools.proof.laws.Ledger;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Needs;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.TimeLimit;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.load.Answer;
import dev.pedidos.tools.proof.load.EstoqueSender;
import dev.pedidos.tools.proof.load.NdjsonSource;
import dev.pedidos.tools.proof.load.Sender;
import dev.pedidos.tools.proof.report.Verdicts;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    private static final String NO_TRIGGER = "alter table operation_events disable trigger all";
    private static final String IDS_ARE_FREE = "alter table operation_events alter column id drop identity";
    private static final String EFFECTS_OF_A1_AND_A2_SWAPPED = """
            update operation_events e
            set id = (select other.id from operation_events other
                      where other.event_type = 'COMPLETED'
                        and other.external_id = case e.external_id when 'a-1' then 'a-2' else 'a-1' end)
            where e.event_type = 'COMPLETED' and e.external_id in ('a-1', 'a-2')""";
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
    private static final String WITHOUT_EVENT = "an operation out of nothing";

    private static TestSystem system;

    /** @param law must be found broken; others may be as well */
    record Fault(String law, String what, String... statements) {
        @Override
        public String toString() {
            return law + ": " + what;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault(
                        "every-pedido-is-accounted-for",
                        "a row is gone",
                        "delete from pedidos where pedido_id = 'b-1'"),
                new Fault(
                        "every-pedido-is-accounted-for",
                        "an acceptance is not on the record",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'b-1' and event_type = 'ACCEPTED'"),
                new Fault(
                        "one-effect",
                        "two effects of one pedido",
                        "drop index operation_events_one_effect",
                        "insert into operation_events (external_id, event_type, payload, payload_hash)"
                                + " values ('b-1', 'REJECTED', '{\"ciclo\":0,\"tentativa\":2}', '')"),
                new Fault(
                        "estoque-adds-up",
                        "stock out of nothing",
                        "update estoque set disponivel = disponivel + 1 where sku = 'x'"),
                new Fault(
                        "estoque-adds-up",
                        "reserved twice and noted once",
                        "update estoque set disponivel = disponivel - 1, reservado = reservado + 1 where sku = 'x'"),
                new Fault(
                        "estoque-adds-up",
                        "stock below zero",
                        "alter table estoque drop constraint estoque_disponivel_check",
                        "update estoque set disponivel = -1, reservado = reservado + disponivel + 1 where sku = 'x'"),
                new Fault(
                        "estoque-was-never-below-zero",
                        "reserved before it was set",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update operation_events set id = id + 1000000 where external_id = 'estoque:x'"),
                new Fault(
                        "reservas-are-those-of-completed-pedidos",
                        "one item of two was not reserved",
                        "delete from reservas where pedido_id = 'a-1' and sku = 'y'",
                        "update estoque set disponivel = disponivel + 1, reservado = reservado - 1 where sku = 'y'"),
                new Fault(
                        "reservas-are-those-of-completed-pedidos",
                        "a refused pedido holds stock",
                        "insert into reservas (pedido_id, sku, quantidade) values ('a-3', 'x', 1)",
                        "update estoque set disponivel = disponivel - 1, reservado = reservado + 1 where sku = 'x'"),
                new Fault(
                        "reservas-are-those-of-completed-pedidos",
                        "another quantity",
                        "update reservas set quantidade = 4 where pedido_id = 'a-2'"),
                new Fault(
                        "order-per-recebedor",
                        "the second took effect first",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new Fault(
                        "order-per-recebedor",
                        "an unfinished one was overtaken",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'a-1' and event_type = 'COMPLETED'",
                        "update pedidos set status = 'PENDING' where pedido_id = 'a-1'"),
                new Fault(
                        "order-per-recebedor",
                        "of two that were accepted without the database the second took effect first",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true where recebedor_id = 'a'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new Fault(
                        "order-per-recebedor",
                        "of two that were noted together after the database was down the second took effect first",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true, noted_in = '900', noted_after = '900' where recebedor_id = 'a'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new Fault(
                        "order-per-recebedor",
                        "one that was noted overtook one that had been noted from the open queue before it came",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true where pedido_id = 'a-1'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new Fault(
                        "order-per-recebedor",
                        "overtaken in the cluster that the ledger was restored from",
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set noted_by = 1 where recebedor_id = 'a'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED),
                new Fault(
                        "what-was-cancelled-has-no-effect",
                        "a cancelled pedido is COMPLETED",
                        "insert into cancelamentos (pedido_id, por) values ('b-1', 'a-1')"),
                new Fault(
                        "what-was-cancelled-has-no-effect",
                        "undone, and nobody cancelled it",
                        "update pedidos set status = 'CANCELLED' where pedido_id = 'b-1'"),
                new Fault("replay", "another state", "update pedidos set status = 'DISCARDED' where pedido_id = 'b-1'"),
                new Fault("replay", "another ciclo", "update pedidos set ciclo = 1 where pedido_id = 'b-1'"),
                new Fault("replay", "an attempt too many", "update pedidos set tentativas = 3 where pedido_id = 'c-1'"),
                new Fault("replay", "another motivo", "update pedidos set motivo = 'X' where pedido_id = 'c-2'"),
                new Fault("replay", "another result", "update pedidos set resultado = '{}' where pedido_id = 'a-3'"),
                new Fault(
                        "attempts-recorded-are-attempts-made",
                        "a failure that is not on the record",
                        NO_TRIGGER,
                        "delete from operation_events where external_id = 'c-1' and event_type = 'RETRY_SCHEDULED'"),
                new Fault(
                        "attempts-wait-their-time",
                        "tried an hour too early",
                        NO_TRIGGER,
                        "update operation_events set payload = payload || jsonb_build_object('proxima_tentativa_em',"
                                + " now() + interval '1 hour') where external_id = 'c-1' and event_type = 'RETRY_SCHEDULED'"),
                new Fault(
                        "nothing-parked-behind-a-finished-head",
                        "parked, and nobody before it",
                        "update pedidos set atualizado_em = now() - interval '2 minutes' where recebedor_id = 'a'",
                        "update pedidos set status = 'PENDING', parked = true where pedido_id = 'a-3'"),
                new Fault(
                        "nothing-stranded",
                        "a head that nobody knows of, and nothing moves",
                        NO_TRIGGER,
                        "update operation_events set occurred_at = occurred_at - interval '20 minutes'",
                        "update pedidos set atualizado_em = now() - interval '20 minutes'",
                        "update pedidos set status = 'PENDING', relay_at = null where pedido_id = 'b-1'"),
                new Fault(
                        "nothing-stranded",
                        "a retry that does not come back while later ones are done",
                        "update pedidos set status = 'RETRYING', relay_at = null, ordem = ordem - 1200000000,"
                                + " atualizado_em = now() - interval '20 minutes',"
                                + " proxima_tentativa_em = now() - interval '19 minutes' where pedido_id = 'b-1'"),
                new Fault(
                        "new-events-come-last",
                        "moved without its sequence",
                        "alter table operation_events alter column id restart"),
                new Fault(
                        OperationsLaw.NAME,
                        "another amount",
                        "update operations set valor_centavos = 501 where external_id = 'op'"),
                new Fault(
                        OperationsLaw.NAME,
                        "an event applied that was refused",
                        "update operation_outcomes set estado = 'APPLIED', motivo = null where estado = 'REFUSED'"),
                new Fault(
                        OperationsLaw.NAME,
                        "an outcome is gone",
                        "delete from operation_outcomes where event_type = 'STARTED'"),
                new Fault(
                        OperationsLaw.NAME,
                        "an event is gone",
                        NO_TRIGGER,
                        "delete from operation_events where event_type = 'OPERACAO_STARTED'"),
                new Fault(OperationsLaw.NAME, "a row is gone", "delete from operations where external_id = 'op'"),
                new Fault(
                        OperationsLaw.NAME,
                        WITHOUT_EVENT,
                        "insert into operations (external_id, ordem, recebedor_id, status, version, valor_centavos)"
                                + " values ('none', 1, 'none', 'PENDING', 1, 1)"));
    }

    @BeforeAll
    static void fillALedger() throws Exception {
        system = TestSystem.start("laws", Map.of("PEDIDOS_HANDLER_SIMULADO", "on", "PEDIDOS_RETRY_BASE_MS", "100"));
        var api = system.api();
        system.worker();
        EstoqueSender.send(
                api.url(),
                List.of("{\"sku\":\"x\",\"disponivel\":100}", "{\"sku\":\"y\",\"disponivel\":100}")
                        .iterator());
        List<Answer> answers = new ArrayList<>();
        var lines = new ByteArrayInputStream(PEDIDOS.getBytes(StandardCharsets.UTF_8));
        new Sender(List.of(api.url()), 1, 0).send(new NdjsonSource(lines, Long.MAX_VALUE), answers::add);
        assertThat(answers).extracting(Answer::status).containsOnly(202).hasSize(6);
        for (String event : EVENTS) {
            assertThat(new Http(api).json("POST", "/operations", event).statusCode())
                    .isEqualTo(202);
        }
        try (var connection = owner()) {
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
    @MethodSource("faults")
    void aFaultIsFound(Fault fault) throws Exception {
        assertThat(brokenBy(fault.statements())).contains(fault.law());
    }

    /** All but what only the whole ledger shows, and a row that no event is about. */
    static Stream<Fault> faultsOfWhatHasChanged() {
        var needTheWholeLedger = Law.ALL.stream()
                .filter(law -> law.needs() == Needs.THE_WHOLE_LEDGER)
                .map(Law::name)
                .toList();
        return faults().filter(fault -> !needTheWholeLedger.contains(fault.law()))
                .filter(fault -> !fault.what().equals(WITHOUT_EVENT));
    }

    @ParameterizedTest
    @MethodSource("faultsOfWhatHasChanged")
    void aFaultIsFoundInWhatHasChanged(Fault fault) throws Exception {
        assertThat(broken(judged(Optional.of(AN_HOUR), fault.statements()))).contains(fault.law());
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
                .containsExactly("estoque-adds-up", "estoque-was-never-below-zero");
        assertThat(Verdicts.text(judgement))
                .contains("for the 9", "judged in full:", "not judged:\n  -         estoque-adds-up");
    }

    @Test
    void whatHasNotChangedIsNotJudged() throws Exception {
        var judgement = judged(
                Optional.of(new Since.Ago(Duration.ZERO)),
                NO_TRIGGER,
                "update operation_events set occurred_at = occurred_at - interval '10 minutes'",
                "update pedidos set motivo = 'X' where pedido_id = 'c-2'");

        assertThat(judgement.extent())
                .isInstanceOfSatisfying(
                        Extent.Changes.class,
                        changes -> assertThat(changes.pedidos()).isZero());
        assertThat(broken(judgement)).isEmpty();
    }

    @Test
    void theProgramsRoleMayJudgeEveryLaw() throws Exception {
        try (var snapshot = Ledger.snapshot(DatabaseUrl.parse(system.stores().databaseUrl()))) {
            assertThat(LedgerLaws.judge(snapshot, AsOf.NOW, Optional.empty(), TimeLimit.none())
                            .notJudged())
                    .isEmpty();
        }
    }

    @Test
    void everyLawIsBrokenAtLeastOnce() {
        assertThat(faults().map(Fault::law))
                .containsAll(Law.ALL.stream().map(Law::name).toList())
                .contains(OperationsLaw.NAME);
    }

    @Test
    void aRedrivenPedidoTakesEffectWhenItIsRedriven() throws Exception {
        assertThat(brokenBy(
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        EFFECTS_OF_A1_AND_A2_SWAPPED,
                        "update pedidos set ciclo = 1 where pedido_id = 'a-1'"))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aPedidoInsertedAfterAnotherOneArrivedMayTakeEffectAfterIt() throws Exception {
        assertThat(brokenBy(
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        "update pedidos set unnoted = true, noted_in = '99999999', noted_after = '99999999' where pedido_id = 'a-1'",
                        EFFECTS_OF_A1_AND_A2_SWAPPED))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aRestoredLedgerIsNotJudgedByTransactionNumbersOfTheOldCluster() throws Exception {
        String[] restored = {
            "update pedidos set noted_by = 1, noted_in = '99999999', noted_after = '99999999' where pedido_id = 'a-1'"
        };
        assertThat(brokenBy(restored)).isEmpty();
        try (var connection = owner()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(restored[0]);
            assertThat(LedgerLaws.checkRunning(connection))
                    .filteredOn(verdict -> verdict.law().equals("order-per-recebedor"))
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.counted()).contains("1 were noted in another cluster"));
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

        assertThat(broken(everything)).isEmpty();
        assertThat(Verdicts.text(everything)).contains("8 of these pedidos are in the archive");
        assertThat(broken(judged(Optional.of(AN_HOUR), archived))).isEmpty();
        for (Optional<Since> since : List.of(Optional.<Since>empty(), Optional.of(AN_HOUR))) {
            assertThat(broken(judged(
                            since,
                            archived[0],
                            archived[1],
                            "update pedidos_arquivados set motivo = 'X' where pedido_id = 'b-1'")))
                    .containsExactly("replay");
            assertThat(broken(judged(
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
                        NO_TRIGGER,
                        IDS_ARE_FREE,
                        EFFECTS_OF_A1_AND_A2_SWAPPED,
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

    private static List<String> brokenBy(String... statements) throws SQLException {
        return broken(judged(Optional.empty(), statements));
    }

    private static List<String> broken(Judgement judgement) {
        return judgement.verdicts().stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::law)
                .toList();
    }

    private static Judgement judged(Optional<Since> since, String... statements) throws SQLException {
        try (var connection = owner()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            var judgement = LedgerLaws.judge(connection, AsOf.NOW, since, TimeLimit.none());
            connection.rollback();
            return judgement;
        }
    }

    private static Connection owner() throws SQLException {
        return Ledger.connect(DatabaseUrl.parse(system.stores().databaseAdminUrl()));
    }
}
