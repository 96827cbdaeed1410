package dev.pedidos.worker.despesa;

import dev.pedidos.shared.message.Despesa;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.worker.handler.Answer;
import dev.pedidos.worker.handler.Calls;
import dev.pedidos.worker.handler.Outcome;
import dev.pedidos.worker.handler.Preparation;
import dev.pedidos.worker.handler.PreparedLotHandler;
import dev.pedidos.worker.handler.Reply;
import dev.pedidos.worker.handler.Undo;
import dev.pedidos.worker.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks an expense, and asks a provider about the company that its CNPJ names. */
public final class CnpjDespesaHandler implements PreparedLotHandler {

    /** Providers are known to deny all companies for some minutes. */
    private static final Duration UNKNOWN_TIME_TO_LIVE = Duration.ofMinutes(10);

    private static final String CNPJ_DESCONHECIDO = "CNPJ_DESCONHECIDO";

    private record Asked(Answer answer) implements Preparation {}

    private final Provider provider;
    private final Duration age;

    /** @param age how long an answer serves further expenses */
    public CnpjDespesaHandler(Provider provider, Duration age) {
        this.provider = provider;
        this.age = age;
    }

    @Override
    public String tipo() {
        return Despesa.TIPO;
    }

    @Override
    public Set<String> waitsFor() {
        return Set.of(Provider.NAME);
    }

    @Override
    public Preparation prepare(Pedido pedido, Calls calls) throws Exception {
        String cnpj = DespesaHandler.checked(pedido).cnpj();
        return new Asked(calls.ask(Provider.NAME, cnpj, () -> reply(cnpj)));
    }

    private Reply reply(String cnpj) throws Exception {
        var company = provider.ask(cnpj);
        boolean shorter = company.isEmpty() && age.compareTo(UNKNOWN_TIME_TO_LIVE) > 0;
        return new Reply(CompanyAnswer.content(company), shorter ? UNKNOWN_TIME_TO_LIVE : age);
    }

    @Override
    public List<Outcome> applyLot(List<Prepared> lot, Handle tx) {
        return lot.stream()
                .map(one -> apply(one.pedido(), one.preparation(), tx))
                .toList();
    }

    @Override
    public Outcome apply(Pedido pedido, Preparation preparation, Handle tx) {
        if (!(preparation instanceof Asked(var answer))) {
            throw new IllegalStateException("an expense takes effect only after its company was asked for");
        }
        var resultado = CompanyAnswer.resultado(answer);
        return CompanyAnswer.isKnown(answer)
                ? new Outcome.Completed(resultado)
                : new Outcome.Rejected(CNPJ_DESCONHECIDO, resultado);
    }

    /** It has no effect beyond its outcome. */
    @Override
    public Undo undo(Pedido pedido, @Nullable JsonNode resultado, Handle tx) {
        return new Undo.Undone(null);
    }
}
