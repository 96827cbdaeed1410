package dev.pedidos.e2e.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.Since;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What looks like a fault of the ledger and is none: no law is broken by it. */
class LawsFalseAlarmTest {
    private static final Since AN_HOUR = new Since.Ago(Duration.ofHours(1));

    private static TestSystem system;

    @BeforeAll
    static void fillALedger() throws Exception {
        system = TestSystem.start("laws-false-alarm", JudgedLedger.SETTINGS);
        JudgedLedger.fill(system);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    /** As a call that waits for a place is, and then the clock is set back by an hour. */
    @Test
    void anAttemptThatWasDueWhenItWasPutOffIsNotMadeTooEarly() throws Exception {
        assertThat(Judging.brokenBy(
                        system,
                        LawFault.NO_TRIGGER,
                        "update operation_events set occurred_at = now() + interval '1 hour', payload = payload"
                                + " || jsonb_build_object('proxima_tentativa_em', now() + interval '1 hour')"
                                + " where external_id = 'c-1' and event_type = 'RETRY_SCHEDULED'"))
                .doesNotContain("attempts-wait-their-time");
    }

    @Test
    void aRedrivenPedidoTakesEffectWhenItIsRedriven() throws Exception {
        assertThat(Judging.brokenBy(
                        system,
                        LawFault.NO_TRIGGER,
                        LawFault.IDS_ARE_FREE,
                        LawFault.EFFECTS_OF_A1_AND_A2_SWAPPED,
                        "update pedidos set ciclo = 1 where pedido_id = 'a-1'"))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aPedidoInsertedAfterAnotherOneArrivedMayTakeEffectAfterIt() throws Exception {
        assertThat(Judging.brokenBy(
                        system,
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
        assertThat(Judging.brokenBy(system, restored)).isEmpty();
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

        assertThat(Judging.brokenBy(system, madeAgain)).isEmpty();
        assertThat(Judging.with(system, Optional.empty(), madeAgain).verdicts())
                .filteredOn(verdict -> verdict.law().equals("order-per-recebedor"))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.counted())
                        .contains("1 rows were made again by a replay")
                        .doesNotContain("another cluster"));
    }

    @Test
    void pedidosOfATipoWithoutOrderAreNotJudged() throws Exception {
        assertThat(Judging.brokenBy(
                        system,
                        LawFault.NO_TRIGGER,
                        LawFault.IDS_ARE_FREE,
                        LawFault.EFFECTS_OF_A1_AND_A2_SWAPPED,
                        "update pedidos set ordered = false where pedido_id = 'a-1'"))
                .doesNotContain("order-per-recebedor");
    }

    @Test
    void aPedidoParkedBehindAnUnfinishedHeadBreaksNoLaw() throws Exception {
        assertThat(Judging.brokenBy(
                        system,
                        "update pedidos set atualizado_em = now() - interval '2 minutes' where recebedor_id = 'a'",
                        "update pedidos set status = 'PENDING', parked = true where pedido_id = 'a-3'",
                        "update pedidos set status = 'PENDING' where pedido_id = 'a-2'"))
                .doesNotContain("nothing-parked-behind-a-finished-head");
    }

    @Test
    void whoWaitsForACallAndIsInTheListIsNotForgotten() throws Exception {
        assertThat(
                        Judging.brokenBy(
                                system,
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
        assertThat(Judging.brokenBy(system, afterOthersEnded)).doesNotContain("nothing-stranded");
        assertThat(Judging.broken(Judging.with(system, Optional.of(AN_HOUR), afterOthersEnded)))
                .doesNotContain("nothing-stranded");
    }

    @Test
    void whatAHandlerOfAnotherTipoCallsReservasMayBeAnything() throws Exception {
        assertThat(Judging.brokenBy(
                        system,
                        LawFault.NO_TRIGGER,
                        "update operation_events set payload = payload || '{\"resultado\":{\"reservas\":{\"x\":1}}}'"
                                + " where external_id = 'c-1' and event_type = 'COMPLETED'",
                        "insert into operation_events (external_id, event_type, payload, payload_hash) values"
                                + " ('c-1', 'CANCELLED', '{\"ciclo\":0,\"liberado\":{\"reservas\":\"x\"}}', '')"))
                .doesNotContain("what-was-cancelled-has-no-effect", "estoque-was-never-below-zero");
    }
}
