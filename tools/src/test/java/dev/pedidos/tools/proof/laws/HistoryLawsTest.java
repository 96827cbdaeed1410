package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each law is broken once: one that cannot fail says nothing. */
class HistoryLawsTest {
    private final ScriptedHistory history = new ScriptedHistory();

    @Test
    void aHistoryThatTheLedgerConfirmsBreaksNoLaw() {
        history.sent("a", 1, 202);
        history.sent("a", 1, 200);
        history.sent("a", 2, 409);
        history.sent("b", 1, 202);
        history.row("a", 1, "COMPLETED", 7L);
        history.row("b", 1, "REJECTED", 8L);

        assertThat(history.broken()).isEmpty();
    }

    @Test
    void anAcceptedPedidoThatIsNotInTheLedgerIsLost() {
        history.sent("a", 1, 202);

        assertThat(history.broken()).containsExactly("every-202-is-final-in-the-ledger");
    }

    @Test
    void anAcceptedPedidoThatDoesNotEndIsFound() {
        history.sent("a", 1, 202);
        history.row("a", 1, "RETRYING", null);

        assertThat(history.broken()).containsExactly("every-202-is-final-in-the-ledger");
    }

    @Test
    void aRowThatNobodySentComesFromNowhere() {
        history.row("a", 1, "COMPLETED", 7L);

        assertThat(history.broken()).containsExactly("every-row-was-sent-with-that-content");
    }

    @Test
    void aRowWithAnotherContentThanWasAcceptedIsFound() {
        history.sent("a", 1, 202);
        history.sent("a", 2, 409);
        history.row("a", 2, "COMPLETED", 7L);

        assertThat(history.broken()).containsExactly("every-row-was-sent-with-that-content");
    }

    @Test
    void anUnknownAnswerMayHaveBeenTakenOrNot() {
        history.sent("a", 1, 0);
        history.sent("b", 1, 503);
        history.row("a", 1, "COMPLETED", 7L);

        assertThat(history.broken()).containsExactly("answers-are-202-200-or-409");
    }

    @Test
    void aRefusalThatLeftATraceIsFound() {
        history.sent("a", 1, 422);
        history.row("a", 1, "COMPLETED", 7L);

        assertThat(history.broken())
                .containsExactly("answers-are-202-200-or-409", "every-row-was-sent-with-that-content");
    }

    @Test
    void twoContentsAcceptedUnderOneIdAreFound() {
        history.sent("a", 1, 202);
        history.sent("a", 2, 200);
        history.row("a", 1, "COMPLETED", 7L);

        assertThat(history.broken()).containsExactly("same-id-same-answer");
    }

    @Test
    void aConflictBetweenEqualContentsIsFound() {
        history.sent("a", 1, 202);
        history.sent("a", 1, 409);
        history.row("a", 1, "COMPLETED", 7L);

        assertThat(history.broken()).containsExactly("same-id-same-answer");
    }

    @Test
    void anOvertakingPedidoIsFoundUnlessItWasRedriven() {
        history.sent("a", 1, 202);
        history.sent("b", 1, 202);
        history.row("a", 1, "COMPLETED", 9L);
        history.row("b", 1, "COMPLETED", 8L);

        assertThat(history.broken()).containsExactly("order-as-the-client-saw-it");

        history.redriven("a");
        assertThat(history.broken()).isEmpty();
    }

    @Test
    void whatWasAcceptedWhileTheDatabaseWasAwayMayBeOvertaken() {
        history.sent("a", 1, 202);
        history.sent("b", 1, 202);
        history.row("a", 1, "COMPLETED", 9L);
        history.row("b", 1, "COMPLETED", 8L);
        history.unnoted("a");

        assertThat(history.broken()).isEmpty();
    }

    @Test
    void aPedidoWithACallbackIsOne() {
        String body = new String(ScriptedHistory.body("a", 1), StandardCharsets.UTF_8)
                .replace("\"origem\"", "\"callback_url\":\"http://any.example/\",\"origem\"");
        var sent = new LoadAnswer(new Outgoing(1, body.getBytes(StandardCharsets.UTF_8)), 0, 1, 202, "", 0);
        var read = ClientHistory.of(List.of(sent));

        assertThat(read.unreadable()).isEmpty();
        assertThat(read.pedidos()).containsOnlyKeys("a");
    }
}
