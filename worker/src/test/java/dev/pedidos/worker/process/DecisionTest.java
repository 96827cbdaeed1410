package dev.pedidos.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.ledger.Standing;
import dev.pedidos.shared.ledger.Status;
import dev.pedidos.shared.ledger.Version;
import dev.pedidos.shared.message.Pedido;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionTest {

    private static final byte[] SAME = {1};
    private static final byte[] OTHER = {2};

    @ParameterizedTest
    @CsvSource({
        // message: ciclo, tentativas; row: ciclo, tentativas, not yet due, head
        "0, 0, 0, 0, false, true,  PROCESS",
        "0, 0, 0, 0, false, false, PARK",
        "0, 1, 0, 1, false, true,  PROCESS",
        "0, 1, 0, 1, true,  true,  EARLY",
        "0, 0, 0, 1, false, true,  STALE",
        "0, 4, 1, 0, false, true,  STALE",
        "1, 0, 1, 0, false, true,  PROCESS",
    })
    void anUnfinishedPedidoIsDecidedByItsVersionItsTimeAndItsPlace(
            int ciclo,
            int tentativas,
            int rowCiclo,
            int rowTentativas,
            boolean notYetDue,
            boolean head,
            Decision expected) {
        var standing = new Standing(Status.RETRYING, rowCiclo, rowTentativas, SAME, notYetDue, head);
        assertThat(Decision.on(claim(SAME, ciclo, tentativas), standing)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"COMPLETED", "REJECTED", "DEAD_LETTERED", "DISCARDED", "CANCELLED"})
    void aFinishedPedidoIsADuplicate(Status status) {
        assertThat(Decision.on(claim(SAME, 0, 0), new Standing(status, 0, 1, SAME, false, false)))
                .isEqualTo(Decision.DUPLICATE);
    }

    @Test
    void otherContentIsAConflictEvenWhereTheMessageIsStaleOrThePedidoFinished() {
        assertThat(Decision.on(claim(OTHER, 0, 0), new Standing(Status.RETRYING, 1, 3, SAME, true, false)))
                .isEqualTo(Decision.CONFLICT);
        assertThat(Decision.on(claim(OTHER, 0, 0), new Standing(Status.COMPLETED, 0, 1, SAME, false, false)))
                .isEqualTo(Decision.CONFLICT);
    }

    private static Claim claim(byte[] hash, int ciclo, int tentativas) {
        var pedido = new Pedido("p", "pedido", "r", "api", List.of(), null);
        return new Claim(pedido, hash, new Version("p", ciclo, tentativas));
    }
}
