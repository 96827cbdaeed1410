package dev.pedidos.tools.proof.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.Outgoing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each law is broken once: one that cannot fail says nothing. */
class HistoryLawsTest {
    private final List<LoadAnswer> answers = new ArrayList<>();
    private final Map<String, LedgerPedido> ledger = new HashMap<>();
    private final Set<RefusedContents.Refused> refused = new HashSet<>();
    private final Set<String> beyond = new HashSet<>();

    @Test
    void aHistoryThatTheLedgerConfirmsBreaksNoLaw() {
        sent("a", 1, 202);
        sent("a", 1, 200);
        sent("a", 2, 409);
        sent("b", 1, 202);
        row("a", 1, "COMPLETED", 7L);
        row("b", 1, "REJECTED", 8L);

        assertThat(broken()).isEmpty();
    }

    @Test
    void anAcceptedPedidoThatIsNotInTheLedgerIsLost() {
        sent("a", 1, 202);

        assertThat(broken()).containsExactly("every-202-is-final-in-the-ledger");
    }

    @Test
    void anAcceptedPedidoThatDoesNotEndIsFound() {
        sent("a", 1, 202);
        row("a", 1, "RETRYING", null);

        assertThat(broken()).containsExactly("every-202-is-final-in-the-ledger");
    }

    @Test
    void aRowThatNobodySentComesFromNowhere() {
        row("a", 1, "COMPLETED", 7L);

        assertThat(broken()).containsExactly("every-row-was-sent-with-that-content");
    }

    @Test
    void aRowWithAnotherContentThanWasAcceptedIsFound() {
        sent("a", 1, 202);
        sent("a", 2, 409);
        row("a", 2, "COMPLETED", 7L);

        assertThat(broken()).containsExactly("every-row-was-sent-with-that-content");
    }

    @Test
    void anUnknownAnswerMayHaveBeenTakenOrNot() {
        sent("a", 1, 0);
        sent("b", 1, 503);
        row("a", 1, "COMPLETED", 7L);

        assertThat(broken()).containsExactly("answers-are-202-200-or-409");
    }

    @Test
    void aRefusalThatLeftATraceIsFound() {
        sent("a", 1, 422);
        row("a", 1, "COMPLETED", 7L);

        assertThat(broken()).containsExactly("answers-are-202-200-or-409", "every-row-was-sent-with-that-content");
    }

    @Test
    void twoContentsAcceptedUnderOneIdAreFound() {
        sent("a", 1, 202);
        sent("a", 2, 200);
        row("a", 1, "COMPLETED", 7L);

        assertThat(broken()).containsExactly("same-id-same-answer");
    }

    @Test
    void aConflictBetweenEqualContentsIsFound() {
        sent("a", 1, 202);
        sent("a", 1, 409);
        row("a", 1, "COMPLETED", 7L);

        assertThat(broken()).containsExactly("same-id-same-answer");
    }

    @Test
    void anOvertakingPedidoIsFoundUnlessItWasRedriven() {
        sent("a", 1, 202);
        sent("b", 1, 202);
        row("a", 1, "COMPLETED", 9L);
        row("b", 1, "COMPLETED", 8L);

        assertThat(broken()).containsExactly("order-as-the-client-saw-it");

        redriven("a");
        assertThat(broken()).isEmpty();
    }

    @Test
    void whatWasAcceptedWhileTheDatabaseWasAwayMayBeOvertaken() {
        sent("a", 1, 202);
        sent("b", 1, 202);
        row("a", 1, "COMPLETED", 9L);
        row("b", 1, "COMPLETED", 8L);
        unnoted("a");

        assertThat(broken()).isEmpty();
    }

    @Test
    void underFaultsAnAnswerMayBeMissingAndAnAcceptanceRepeated() {
        sent("a", 1, 0);
        sent("a", 1, 202);
        sent("a", 1, 202);
        sent("a", 2, 409);
        sent("b", 1, 503);
        row("a", 1, "COMPLETED", 7L);

        refused("a", 2);

        assertThat(brokenUnderFaults()).isEmpty();
    }

    @Test
    void underFaultsAContentThatLosesAfterItsAcceptanceIsAConflictOnTheRecord() {
        sent("a", 1, 202);
        sent("a", 2, 202);
        sent("a", 2, 409);
        row("a", 1, "COMPLETED", 7L);

        assertThat(brokenUnderFaults())
                .containsExactly("of-two-contents-one-is-accepted", "every-409-is-on-the-record");

        refused("a", 2);
        assertThat(brokenUnderFaults()).isEmpty();

        sent("a", 2, 200);
        assertThat(brokenUnderFaults()).containsExactly("of-two-contents-one-is-accepted");
    }

    @Test
    void refusalsBeyondTheirBoundAreCountedAndAnyContentMayBeAmongThem() {
        sent("a", 1, 202);
        sent("a", 2, 409);
        row("a", 1, "COMPLETED", 7L);

        beyond.add("a");
        assertThat(brokenUnderFaults()).isEmpty();
    }

    @Test
    void underFaultsAContentThatLosesHasNoPlaceInTheOrder() {
        sent("a", 2, 202);
        sent("b", 1, 202);
        sent("a", 1, 202);
        row("a", 1, "COMPLETED", 9L);
        row("b", 1, "COMPLETED", 8L);
        refused("a", 2);

        assertThat(brokenUnderFaults()).isEmpty();
    }

    @Test
    void underFaultsNothingElseIsForgiven() {
        sent("lost", 1, 202);
        sent("both", 1, 202);
        sent("both", 2, 202);
        sent("refused", 1, 422);
        sent("turned", 1, 202);
        sent("turned", 1, 409);
        row("both", 1, "COMPLETED", 7L);
        row("refused", 1, "COMPLETED", 8L);
        row("turned", 1, "COMPLETED", 6L);

        assertThat(brokenUnderFaults())
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
            answers.clear();
            sent("a", 1, 202);
            sent("b", 1, status);
            row("a", 1, "COMPLETED", 7L);

            assertThat(brokenUnderFaults()).containsExactly("answers-under-faults-are-expected");
        }
    }

    @Test
    void underFaultsWhatIsNoPedidoIsRefusedIfItIsAnswered() {
        sent("a", 1, 202);
        row("a", 1, "COMPLETED", 7L);
        for (int status : List.of(0, 400, 422, 503)) {
            answers.add(new LoadAnswer(new Outgoing(9, new byte[] {'{'}), 0, 1, status, "", 0));
        }
        assertThat(brokenUnderFaults()).isEmpty();

        answers.add(new LoadAnswer(new Outgoing(9, new byte[] {'{'}), 0, 1, 202, "", 0));
        assertThat(brokenUnderFaults()).containsExactly("answers-under-faults-are-expected");
    }

    @Test
    void underFaultsARunInWhichNothingIsAcceptedProvesNothing() {
        sent("a", 1, 503);

        assertThat(brokenUnderFaults()).containsExactly("answers-under-faults-are-expected");
    }

    @Test
    void aPedidoWithACallbackIsOne() {
        String body = new String(body("a", 1), StandardCharsets.UTF_8)
                .replace("\"origem\"", "\"callback_url\":\"http://any.example/\",\"origem\"");
        var sent = new LoadAnswer(new Outgoing(1, body.getBytes(StandardCharsets.UTF_8)), 0, 1, 202, "", 0);
        var history = ClientHistory.of(List.of(sent));

        assertThat(history.unreadable()).isEmpty();
        assertThat(history.pedidos()).containsOnlyKeys("a");
    }

    private List<String> broken() {
        return names(new HistoryLaws(ClientHistory.of(answers), ledger).check());
    }

    private List<String> brokenUnderFaults() {
        return names(new HistoryLaws(ClientHistory.of(answers), ledger)
                .checkUnderFaults(new RefusedContents(refused, beyond)));
    }

    private static List<String> names(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::law)
                .toList();
    }

    /** One after the other: each is sent after the answer to the one before. */
    private void sent(String id, int quantidade, int status) {
        long start = 100L * answers.size();
        var outgoing = new Outgoing(answers.size() + 1, body(id, quantidade));
        answers.add(new LoadAnswer(outgoing, start, start + 50, status, "", 0));
    }

    private void redriven(String id) {
        ledger.computeIfPresent(id, (same, row) -> with(row, 1, false));
    }

    private void unnoted(String id) {
        ledger.computeIfPresent(id, (same, row) -> with(row, 0, true));
    }

    private static LedgerPedido with(LedgerPedido row, int ciclo, boolean unnoted) {
        return new LedgerPedido(
                row.pedidoId(),
                row.recebedorId(),
                row.status(),
                null,
                ciclo,
                unnoted,
                row.content(),
                row.effect(),
                row.finalAt());
    }

    private void row(String id, int quantidade, String status, @Nullable Long effect) {
        ledger.put(
                id,
                new LedgerPedido(id, "r-1", status, null, 0, false, content(id, quantidade), effect, Instant.EPOCH));
    }

    private void refused(String id, int quantidade) {
        refused.add(new RefusedContents.Refused(id, content(id, quantidade)));
    }

    private static String content(String id, int quantidade) {
        var same = ClientHistory.of(List.of(new LoadAnswer(new Outgoing(1, body(id, quantidade)), 0, 1, 202, "", 0)));
        return same.pedidos().values().iterator().next().acceptedContents().getFirst();
    }

    private static byte[] body(String id, int quantidade) {
        return RootLocale.format("""
                {"pedido_id":"%s","recebedor_id":"r-1","origem":"web","itens":[{"sku":"s-1","quantidade":%d}]}""", id, quantidade).getBytes(StandardCharsets.UTF_8);
    }
}
