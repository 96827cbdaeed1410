package dev.pedidos.shared.ledger.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureTest {

    @Test
    void charactersThatADatabaseRefusesAreReplaced() {
        var failure = new Failure("A\0", "For input string: \"1\0\" \uD83D and \uDE00 and \uD83D\uDE00 é 漢");
        assertThat(failure.erroClasse()).isEqualTo("A\uFFFD");
        assertThat(failure.erroMensagem())
                .isEqualTo("For input string: \"1\uFFFD\" \uFFFD and \uFFFD and \uD83D\uDE00 é 漢");
    }

    @Test
    void aLongMessageIsCutBetweenCharacters() {
        var failure = new Failure("x".repeat(1_000), "x".repeat(499) + "\uD83D\uDE00");
        assertThat(failure.erroClasse()).hasSize(200);
        assertThat(failure.erroMensagem()).isEqualTo("x".repeat(499));
    }

    @Test
    void whatIsRecordedInsteadOfARefusedFailureIsPlain() {
        assertThat(Failure.notRecordable("Falha漢", "22021"))
                .isEqualTo(new Failure("Failure", "its message cannot be recorded: SQLSTATE 22021"));
    }
}
