package dev.pedidos.shared.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

    private static final byte[] SAME = {1};
    private static final byte[] OTHER = {2};

    @ParameterizedTest
    @CsvSource({
        // message: ciclo, agendamento; row: ciclo, agendamento, due in ms, head
        "0, 0, 0, 0, 0, true,  PROCESS",
        "0, 0, 0, 0, 0, false, PARK",
        "0, 1, 0, 1, 0, true,  PROCESS",
        "0, 1, 0, 1, 5, true,  EARLY",
        "0, 0, 0, 1, 0, true,  STALE",
        "0, 4, 1, 0, 0, true,  STALE",
        "1, 0, 1, 0, 0, true,  PROCESS",
    })
    void anUnfinishedPedidoIsDecidedByItsVersionItsTimeAndItsPlace(
            int ciclo,
            int agendamento,
            int rowCiclo,
            int rowAgendamento,
            long dueInMillis,
            boolean head,
            Decision expected) {
        var state = state(PedidoStatus.RETRYING, rowCiclo, rowAgendamento, true, dueInMillis, head);
        assertThat(Decision.on(candidate(SAME, ciclo, agendamento), state)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // the delay that the queue was to keep, in ms; what is left of it by the database's clock
        "1000, 3600000, WAITED",
        "1000,    1000, WAITED",
        "1000,     999, BACK_TOO_SOON",
        "1000,       1, BACK_TOO_SOON",
        "   0,       1, WAITED",
        "1000,       0, PROCESS",
    })
    void aRetryThatADelayQueueHasKeptIsTriedIfTheDatabasesClockSaysThatAllOfItsDelayIsToCome(
            long kept, long left, Decision expected) {
        var message = candidate(SAME, 0, 1);
        var waited = new Candidate(
                message.pedido(), SAME, message.version(), Optional.of(Duration.ofMillis(kept)), Suspicion.NONE);
        assertThat(Decision.on(waited, state(PedidoStatus.RETRYING, 0, 1, true, left, true)))
                .isEqualTo(expected);
        assertThat(Decision.on(waited, state(PedidoStatus.RETRYING, 0, 2, true, left, true)))
                .isEqualTo(Decision.STALE);
    }

    @Test
    void aStaleCopyPublishesTheRetryThatNobodyPublished() {
        assertThat(Decision.on(candidate(SAME, 0, 0), state(PedidoStatus.RETRYING, 0, 1, false, 900, true)))
                .isEqualTo(Decision.RETRY_UNPUBLISHED);
        assertThat(Decision.on(candidate(SAME, 0, 0), state(PedidoStatus.PENDING, 1, 0, false, 0, true)))
                .isEqualTo(Decision.STALE);
    }

    @Test
    void aCancelledHeadWaitsForNoAttemptAndANewerMessageIsNotNeeded() {
        var early = cancelled(state(PedidoStatus.RETRYING, 0, 1, true, 3_600_000, true));
        assertThat(Decision.on(candidate(SAME, 0, 1), early)).isEqualTo(Decision.PROCESS);
        assertThat(Decision.on(candidate(SAME, 0, 0), early)).isEqualTo(Decision.PROCESS);
    }

    @Test
    void aCancelledPedidoKeepsItsPlaceAndItsEnd() {
        assertThat(Decision.on(candidate(SAME, 0, 0), cancelled(state(PedidoStatus.PENDING, 0, 0, true, 0, false))))
                .isEqualTo(Decision.PARK);
        assertThat(Decision.on(candidate(SAME, 0, 0), cancelled(state(PedidoStatus.COMPLETED, 0, 0, true, 0, true))))
                .isEqualTo(Decision.DUPLICATE);
    }

    @ParameterizedTest
    @EnumSource(
            value = PedidoStatus.class,
            names = {"COMPLETED", "REJECTED", "DEAD_LETTERED", "DISCARDED", "CANCELLED"})
    void aFinishedPedidoIsADuplicate(PedidoStatus status) {
        assertThat(Decision.on(candidate(SAME, 0, 0), state(status, 0, 1, true, 0, false)))
                .isEqualTo(Decision.DUPLICATE);
    }

    @Test
    void otherContentIsAConflictEvenWhereTheMessageIsStaleOrThePedidoFinished() {
        assertThat(Decision.on(candidate(OTHER, 0, 0), state(PedidoStatus.RETRYING, 1, 3, true, 5, false)))
                .isEqualTo(Decision.CONFLICT);
        assertThat(Decision.on(candidate(OTHER, 0, 0), state(PedidoStatus.COMPLETED, 0, 1, true, 0, false)))
                .isEqualTo(Decision.CONFLICT);
    }

    @Test
    void aDueHeadIsOrdinaryUnlessItIsCancelledOrAWorkerHasBegunWithIt() {
        var message = candidate(SAME, 0, 0);
        var head = state(PedidoStatus.PENDING, 0, 0, true, 0, true);
        assertThat(Decision.isOrdinary(message, head)).isTrue();
        assertThat(Decision.isOrdinary(message, cancelled(head))).isFalse();
        assertThat(Decision.isOrdinary(message, begun(head))).isFalse();
        assertThat(Decision.isOrdinary(message, state(PedidoStatus.PENDING, 0, 0, true, 0, false)))
                .isFalse();
    }

    private static PedidoState begun(PedidoState state) {
        return with(state, Optional.of(new PedidoState.Beginner("a worker", true)), state.cancelled());
    }

    private static PedidoState state(
            PedidoStatus status, int ciclo, int agendamento, boolean published, long dueInMillis, boolean head) {
        return new PedidoState(
                status, ciclo, agendamento, agendamento, SAME, published, dueInMillis, Optional.empty(), head, false);
    }

    private static PedidoState cancelled(PedidoState state) {
        return with(state, state.begun(), true);
    }

    private static PedidoState with(PedidoState state, Optional<PedidoState.Beginner> begun, boolean cancelled) {
        return new PedidoState(
                state.status(),
                state.ciclo(),
                state.agendamento(),
                state.tentativas(),
                state.payloadHash(),
                state.published(),
                state.dueInMillis(),
                begun,
                state.head(),
                cancelled);
    }

    private static Candidate candidate(byte[] hash, int ciclo, int agendamento) {
        var pedido = new Pedido("p", "pedido", "r", "api", List.of(), null);
        return new Candidate(
                pedido, hash, new Version("p", ciclo, agendamento, agendamento), Optional.empty(), Suspicion.NONE);
    }
}
