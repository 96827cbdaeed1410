package dev.pedidos.tools.proof.laws;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.ledger.LedgerPedido;
import dev.pedidos.tools.proof.ledger.RefusedContents;
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

/** What a client sent and was answered, and the ledger that it is compared with. */
final class ScriptedHistory {
    final List<LoadAnswer> answers = new ArrayList<>();
    private final Map<String, LedgerPedido> ledger = new HashMap<>();
    private final Set<RefusedContents.Refused> refused = new HashSet<>();
    /** Ids with more refusals than are kept. */
    final Set<String> beyond = new HashSet<>();

    List<String> broken() {
        return names(new HistoryLaws(ClientHistory.of(answers), ledger).check());
    }

    List<String> brokenUnderFaults() {
        return names(new HistoryLaws(ClientHistory.of(answers), ledger)
                .checkUnderFaults(new RefusedContents(refused, beyond)));
    }

    /** One after the other: each is sent after the answer to the one before. */
    void sent(String id, int quantidade, int status) {
        long start = 100L * answers.size();
        var outgoing = new Outgoing(answers.size() + 1, body(id, quantidade));
        answers.add(new LoadAnswer(outgoing, start, start + 50, status, "", 0));
    }

    void redriven(String id) {
        ledger.computeIfPresent(id, (same, row) -> with(row, 1, false));
    }

    void unnoted(String id) {
        ledger.computeIfPresent(id, (same, row) -> with(row, 0, true));
    }

    void row(String id, int quantidade, String status, @Nullable Long effect) {
        ledger.put(
                id,
                new LedgerPedido(id, "r-1", status, null, 0, false, content(id, quantidade), effect, Instant.EPOCH));
    }

    void refused(String id, int quantidade) {
        refused.add(new RefusedContents.Refused(id, content(id, quantidade)));
    }

    static byte[] body(String id, int quantidade) {
        return RootLocale.format("""
                {"pedido_id":"%s","recebedor_id":"r-1","origem":"web","itens":[{"sku":"s-1","quantidade":%d}]}""", id, quantidade).getBytes(StandardCharsets.UTF_8);
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

    private static String content(String id, int quantidade) {
        var same = ClientHistory.of(List.of(new LoadAnswer(new Outgoing(1, body(id, quantidade)), 0, 1, 202, "", 0)));
        return same.pedidos().values().iterator().next().acceptedContents().getFirst();
    }

    private static List<String> names(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> !verdict.holds())
                .map(Verdict::law)
                .toList();
    }
}
