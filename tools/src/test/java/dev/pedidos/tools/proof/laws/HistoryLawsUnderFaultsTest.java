package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the laws forgive in a history under faults, and what they do not. */
class HistoryLawsUnderFaultsTest {
    private final ScriptedHistory history = new ScriptedHistory();

    @Test
    void underFaultsAnAnswerMayBeMissingAndAnAcceptanceRepeated() {
        history.sent("a", 1, 0);
        history.sent("a", 1, 202);
        history.sent("a", 1, 202);
        history.sent("a", 2, 409);
        history.sent("b", 1, 503);
        history.row("a", 1, "COMPLETED", 7L);

        history.refused("a", 2);

        assertThat(history.brokenUnderFaults()).isEmpty();
    }

    @Test
    void underFaultsAContentThatLosesAfterItsAcceptanceIsAConflictOnTheRecord() {
        history.sent("a", 1, 202);
        history.sent("a", 2, 202);
        history.sent("a", 2, 409);
        history.row("a", 1, "COMPLETED", 7L);

        assertThat(history.brokenUnderFaults())
                .containsExactly("of-two-contents-one-is-accepted", "every-409-is-on-the-record");

        history.refused("a", 2);
        assertThat(history.brokenUnderFaults()).isEmpty();

        history.sent("a", 2, 200);
        assertThat(history.brokenUnderFaults()).containsExactly("of-two-contents-one-is-accepted");
    }

    @Test
    void refusalsBeyondTheirBoundAreCountedAndAnyContentMayBeAmongThem() {
        history.sent("a", 1, 202);
        history.sent("a", 2, 409);
        history.row("a", 1, "COMPLETED", 7L);

        history.beyond.add("a");
        assertThat(history.brokenUnderFaults()).isEmpty();
    }

    @Test
    void underFaultsAContentThatLosesHasNoPlaceInTheOrder() {
        history.sent("a", 2, 202);
        history.sent("b", 1, 202);
        history.sent("a", 1, 202);
        history.row("a", 1, "COMPLETED", 9L);
        history.row("b", 1, "COMPLETED", 8L);
        history.refused("a", 2);

        assertThat(history.brokenUnderFaults()).isEmpty();
    }

    @Test
    void underFaultsNothingElseIsForgiven() {
        history.sent("lost", 1, 202);
        history.sent("both", 1, 202);
        history.sent("both", 2, 202);
        history.sent("refused", 1, 422);
        history.sent("turned", 1, 202);
        history.sent("turned", 1, 409);
        history.row("both", 1, "COMPLETED", 7L);
        history.row("refused", 1, "COMPLETED", 8L);
        history.row("turned", 1, "COMPLETED", 6L);

        assertThat(history.brokenUnderFaults())
                .containsExactly(
                        "answers-under-faults-are-expected",
                        "every-202-is-final-in-the-ledger",
                        "every-row-was-sent-with-that-content",
                        "of-two-contents-one-is-accepted",
                        "every-409-is-on-the-record",
                        "order-as-the-client-saw-it");
    }

    @Test
    void underFaultsAWellFormedPedidoIsNeverRefused() {
        for (int status : List.of(404, 422, 429)) {
            history.answers.clear();
            history.sent("a", 1, 202);
            history.sent("b", 1, status);
            history.row("a", 1, "COMPLETED", 7L);

            assertThat(history.brokenUnderFaults()).containsExactly("answers-under-faults-are-expected");
        }
    }

    @Test
    void underFaultsWhatIsNoPedidoIsRefusedIfItIsAnswered() {
        history.sent("a", 1, 202);
        history.row("a", 1, "COMPLETED", 7L);
        for (int status : List.of(0, 400, 422, 503)) {
            history.answers.add(new LoadAnswer(new Outgoing(9, new byte[] {'{'}), 0, 1, status, "", 0));
        }
        assertThat(history.brokenUnderFaults()).isEmpty();

        history.answers.add(new LoadAnswer(new Outgoing(9, new byte[] {'{'}), 0, 1, 202, "", 0));
        assertThat(history.brokenUnderFaults()).containsExactly("answers-under-faults-are-expected");
    }

    @Test
    void underFaultsARunInWhichNothingIsAcceptedProvesNothing() {
        history.sent("a", 1, 503);

        assertThat(history.brokenUnderFaults()).containsExactly("answers-under-faults-are-expected");
    }
}
