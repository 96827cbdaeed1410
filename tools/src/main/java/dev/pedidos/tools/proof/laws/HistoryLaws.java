package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.LedgerPedido;
import dev.pedidos.tools.proof.ledger.RefusedContents;
import dev.pedidos.tools.proof.load.ClientHistory;
import dev.pedidos.tools.proof.load.LoadAnswer;
import dev.pedidos.tools.proof.load.SentPedido;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the answers that the client got with the ledger: as sets of pedidos, not as counts. */
public final class HistoryLaws {
    private static final Set<Integer> EXPECTED = Set.of(202, 200, 409);
    /** The answers to a body that is no pedido. */
    private static final Set<Integer> REFUSALS = Set.of(400, 422);

    private final ClientHistory history;
    private final Map<String, LedgerPedido> ledger;

    public HistoryLaws(ClientHistory history, Map<String, LedgerPedido> ledger) {
        this.history = history;
        this.ledger = ledger;
    }

    public List<Verdict> check() {
        return List.of(answersAreExpected(), nothingLost(), nothingFromNowhere(), sameIdSameAnswer(), order());
    }

    /**
     * While servers and programs fail, an answer may be missing or be a 5xx, and an accepted pedido may be accepted
     * again. Everything else holds as always.
     */
    public List<Verdict> checkUnderFaults(RefusedContents conflicts) {
        return List.of(
                nothingUnexpected(),
                nothingLost(),
                nothingFromNowhere(),
                oneContentAccepted(conflicts),
                refusalsRecorded(conflicts),
                order());
    }

    private Verdict answersAreExpected() {
        var found = new Findings();
        long answers = history.unreadable().size();
        history.unreadable().forEach(answer -> found.add(text(answer)));
        for (SentPedido pedido : history.pedidos().values()) {
            for (SentPedido.Sending sending : pedido.sendings()) {
                answers++;
                if (!EXPECTED.contains(sending.answer().status())) {
                    found.add(text(sending.answer()));
                }
            }
        }
        return found.verdict("answers-are-202-200-or-409", answers + " answers");
    }

    /** An answer may be missing. A run in which nothing is accepted proves nothing. */
    private Verdict nothingUnexpected() {
        var found = new Findings();
        long answers = 0;
        long accepted = 0;
        for (SentPedido pedido : history.pedidos().values()) {
            accepted += pedido.isAccepted() ? 1 : 0;
            for (SentPedido.Sending sending : pedido.sendings()) {
                answers++;
                int status = sending.answer().status();
                if (!LoadAnswer.isUnknown(status) && !EXPECTED.contains(status)) {
                    found.add(pedido.pedidoId() + " was answered " + status);
                }
            }
        }
        for (LoadAnswer answer : history.unreadable()) {
            answers++;
            if (!LoadAnswer.isUnknown(answer.status()) && !REFUSALS.contains(answer.status())) {
                found.add("a body that is no pedido was answered " + answer.status() + ": " + answer.body());
            }
        }
        if (accepted == 0) {
            found.add("no pedido was accepted");
        }
        return found.verdict(
                "answers-under-faults-are-expected",
                RootLocale.format("%d answers, %d pedidos accepted", answers, accepted));
    }

    private Verdict nothingLost() {
        var found = new Findings();
        long accepted = 0;
        for (SentPedido pedido : history.pedidos().values()) {
            if (!pedido.acceptedContents().isEmpty()) {
                accepted++;
                var row = ledger.get(pedido.pedidoId());
                if (row == null) {
                    found.add(pedido.pedidoId() + " was accepted and is not in the ledger");
                } else if (row.unfinished()) {
                    found.add(pedido.pedidoId() + " was accepted and is still " + row.status());
                }
            }
        }
        return found.verdict("every-202-is-final-in-the-ledger", accepted + " accepted pedidos");
    }

    /**
     * Every row must have been sent with that content, and must not have been refused. An unknown answer may mean
     * either.
     */
    private Verdict nothingFromNowhere() {
        var found = new Findings();
        for (LedgerPedido row : ledger.values()) {
            var pedido = history.pedidos().get(row.pedidoId());
            if (pedido == null) {
                found.add(row.pedidoId() + " is in the ledger and was never sent");
            } else if (pedido.sendings().stream().noneMatch(sending -> mayBe(row, sending))) {
                found.add(row.pedidoId() + " is in the ledger with a content that was not sent, or was refused");
            }
        }
        return found.verdict("every-row-was-sent-with-that-content", ledger.size() + " rows");
    }

    private static boolean mayBe(LedgerPedido row, SentPedido.Sending sending) {
        return sending.content().equals(row.content())
                && (LoadAnswer.isUnknown(sending.answer().status())
                        || sending.answer().isAccepted());
    }

    /** Of all sendings of an id exactly one is answered 202, equal ones 200, others 409. */
    private Verdict sameIdSameAnswer() {
        var found = new Findings();
        long several = 0;
        for (SentPedido pedido : history.pedidos().values()) {
            several += pedido.sendings().size() > 1 ? 1 : 0;
            long accepted = pedido.sendings().stream()
                    .filter(sending -> sending.answer().status() == 202)
                    .count();
            boolean conflictOfEqual = pedido.sendings().stream()
                    .anyMatch(sending -> sending.answer().status() == 409
                            && pedido.acceptedContents().equals(List.of(sending.content())));
            if (accepted > 1 || pedido.acceptedContents().size() > 1 || conflictOfEqual) {
                found.add(answers(pedido));
            }
        }
        return found.verdict("same-id-same-answer", several + " ids sent more than once");
    }

    /**
     * Of two contents exactly one is accepted, and the accepted one is not a conflict afterwards. But if one was
     * accepted while the database was down, one wins and the other is a recorded conflict. That excuses a 202, but not
     * a 200, for which the API reads the ledger.
     */
    private Verdict oneContentAccepted(RefusedContents conflicts) {
        var found = new Findings();
        long several = 0;
        long lostAfterwards = 0;
        for (SentPedido pedido : history.pedidos().values()) {
            several += pedido.sendings().size() > 1 ? 1 : 0;
            var row = ledger.get(pedido.pedidoId());
            var standing = pedido.acceptedContents().stream()
                    .filter(content -> row == null
                            || content.equals(row.content())
                            || isKnown(pedido, content)
                            || !conflicts.has(pedido.pedidoId(), content))
                    .toList();
            lostAfterwards += pedido.acceptedContents().size() - standing.size();
            boolean refused = pedido.sendings().stream()
                    .anyMatch(sending -> sending.answer().status() == 409 && standing.contains(sending.content()));
            if (standing.size() > 1 || refused) {
                found.add(answers(pedido));
            }
        }
        return found.verdict(
                "of-two-contents-one-is-accepted",
                RootLocale.format(
                        "%d ids sent more than once, %d contents accepted without the database lost to another",
                        several, lostAfterwards));
    }

    private static boolean isKnown(SentPedido pedido, String content) {
        return pedido.sendings().stream()
                .anyMatch(sending ->
                        sending.answer().status() == 200 && sending.content().equals(content));
    }

    private Verdict refusalsRecorded(RefusedContents conflicts) {
        var found = new Findings();
        long refused = 0;
        for (SentPedido pedido : history.pedidos().values()) {
            for (SentPedido.Sending sending : pedido.sendings()) {
                if (sending.answer().status() == 409) {
                    refused++;
                    if (!conflicts.has(pedido.pedidoId(), sending.content())) {
                        found.add(answers(pedido));
                    }
                }
            }
        }
        return found.verdict("every-409-is-on-the-record", refused + " answers 409");
    }

    private static String answers(SentPedido pedido) {
        return pedido.pedidoId() + " was answered "
                + pedido.sendings().stream()
                        .map(sending -> sending.answer().status() + " for content "
                                + sending.content()
                                        .substring(
                                                0, Math.min(8, sending.content().length())))
                        .toList();
    }

    /**
     * Left out are: dead letters, which have no effect to be ordered; of two contents of one id, the one that is not
     * in the ledger; redriven pedidos (ciclo above 0), which take effect when they are redriven; pedidos accepted
     * while the database was down; and pedidos that did not come in through HTTP.
     */
    private Verdict order() {
        Map<String, List<OrderCheck.Seen>> byRecebedor = new HashMap<>();
        for (SentPedido pedido : history.pedidos().values()) {
            var row = ledger.get(pedido.pedidoId());
            if (row == null || !pedido.isOrderPromised() || row.ciclo() > 0 || row.unnoted()) {
                continue;
            }
            var accepted = pedido.acceptedNanos(row.content());
            if (accepted.isPresent()) {
                Long effect = row.effect();
                if (effect != null || row.unfinished()) {
                    byRecebedor
                            .computeIfAbsent(pedido.recebedorId(), any -> new ArrayList<>())
                            .add(new OrderCheck.Seen(
                                    pedido.pedidoId(),
                                    pedido.firstStartNanos(),
                                    accepted.getAsLong(),
                                    effect == null ? Long.MAX_VALUE : effect));
                }
            }
        }
        return OrderCheck.check(byRecebedor.values());
    }

    private static String text(LoadAnswer answer) {
        String body = answer.body();
        return RootLocale.format(
                "line %d: %s %s",
                answer.pedido().line(),
                answer.status() == 0 ? "no answer," : "HTTP " + answer.status(),
                body.substring(0, Math.min(200, body.length())));
    }

    private static final class Findings {
        private final List<String> examples = new ArrayList<>();
        private long total;

        void add(String finding) {
            total++;
            if (examples.size() < Verdict.MOST_EXAMPLES) {
                examples.add(finding);
            }
        }

        Verdict verdict(String law, String counted) {
            return new Verdict(law, counted, total, examples);
        }
    }
}
