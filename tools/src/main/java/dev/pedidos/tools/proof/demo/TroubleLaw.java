package dev.pedidos.tools.proof.demo;

import dev.pedidos.shared.text.RootLocale;
import dev.pedidos.tools.proof.laws.Verdict;
import dev.pedidos.tools.proof.ledger.LedgerPedido;
import dev.pedidos.tools.proof.sample.SampleTrouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Pedidos that fail for a while are completed in the end; pedidos that fail for good are dead, with the intended
 * reason.
 */
public final class TroubleLaw {

    private TroubleLaw() {}

    /** @param ledger by pedido_id */
    public static Verdict check(Map<String, SampleTrouble> troubles, Map<String, LedgerPedido> ledger) {
        List<String> wrong = new ArrayList<>();
        troubles.forEach((id, trouble) -> {
            var row = ledger.get(id);
            String end = row == null
                    ? "not in the ledger"
                    : row.motivo() == null ? row.status() : row.status() + " " + row.motivo();
            if (!end.equals(trouble.end())) {
                wrong.add(RootLocale.format("%s should %s and is %s", id, trouble.spoken(), end));
            }
        });
        return new Verdict(
                "trouble-ends-as-it-must",
                troubles.size() + " pedidos in trouble",
                wrong.size(),
                wrong.stream().limit(Verdict.MOST_EXAMPLES).toList());
    }
}
