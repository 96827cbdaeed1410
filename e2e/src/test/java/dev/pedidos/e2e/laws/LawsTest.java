package dev.pedidos.e2e.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Judging;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.config.DatabaseUrl;
import dev.pedidos.tools.proof.laws.AsOf;
import dev.pedidos.tools.proof.laws.Extent;
import dev.pedidos.tools.proof.laws.Judgement;
import dev.pedidos.tools.proof.laws.JudgingLimit;
import dev.pedidos.tools.proof.laws.Law;
import dev.pedidos.tools.proof.laws.LedgerLaws;
import dev.pedidos.tools.proof.laws.OperationsLaw;
import dev.pedidos.tools.proof.laws.Since;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.Ledger;
import dev.pedidos.tools.proof.report.Verdicts;
import java.time.Duration;
import java.util.List;
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
    private static final Since AN_HOUR = new Since.Ago(Duration.ofHours(1));

    private static TestSystem system;

    @BeforeAll
    static void fillALedger() throws Exception {
        system = TestSystem.start("laws", JudgedLedger.SETTINGS);
        JudgedLedger.fill(system);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aLedgerThatWasWorkedOnByTheSystemBreaksNoLaw() throws Exception {
        assertThat(Judging.brokenBy(system)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.pedidos.e2e.laws.LawFault#all")
    void aFaultIsFound(LawFault fault) throws Exception {
        assertThat(Judging.brokenBy(system, fault.statements())).contains(fault.law());
    }

    @ParameterizedTest
    @MethodSource("dev.pedidos.e2e.laws.LawFault#ofWhatHasChanged")
    void aFaultIsFoundInWhatHasChanged(LawFault fault) throws Exception {
        assertThat(Judging.broken(Judging.with(system, Optional.of(AN_HOUR), fault.statements())))
                .contains(fault.law());
    }

    @Test
    void noLawCountsAsJudgedThatWasNot() throws Exception {
        var judgement = Judging.with(
                system, Optional.of(AN_HOUR), "update estoque set disponivel = disponivel + 1 where sku = 'x'");

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
        var judgement = Judging.with(
                system,
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
    void whatIsArchivedIsJudgedLikeAllOthers() throws Exception {
        String[] archived = {
            "select open_archive_month(archive_month(ordem)) from pedidos",
            "select archive_pedidos(array(select pedido_id from pedidos where status <> 'DEAD_LETTERED'))"
        };
        var everything = Judging.with(system, Optional.empty(), archived);

        assertThat(Judging.broken(everything)).isEmpty();
        assertThat(Verdicts.text(everything)).contains("9 of these pedidos are in the archive");
        assertThat(Judging.broken(Judging.with(system, Optional.of(AN_HOUR), archived)))
                .isEmpty();
        for (Optional<Since> since : List.of(Optional.<Since>empty(), Optional.of(AN_HOUR))) {
            assertThat(Judging.broken(Judging.with(
                            system,
                            since,
                            archived[0],
                            archived[1],
                            "update pedidos_arquivados set motivo = 'X' where pedido_id = 'b-1'")))
                    .containsExactly("replay");
            assertThat(Judging.broken(Judging.with(
                            system,
                            since,
                            archived[0],
                            archived[1],
                            "delete from reservas_arquivadas where pedido_id = 'b-1'")))
                    .contains("reservas-are-those-of-completed-pedidos");
        }
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
}
