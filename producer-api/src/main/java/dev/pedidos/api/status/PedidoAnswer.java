package dev.pedidos.api.status;

import dev.pedidos.api.http.Body;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.read.PedidoReads;
import dev.pedidos.shared.message.JsonText;
import java.nio.ByteBuffer;
import java.util.List;

/** What {@code GET /pedidos/{id}} answers. */
public final class PedidoAnswer {
    private final PedidoReads pedidos;
    private final LargeAnswers answers;

    public PedidoAnswer(PedidoReads pedidos, LargeAnswers answers) {
        this.pedidos = pedidos;
        this.answers = answers;
    }

    /** @throws ProblemException 404: no pedido has this id */
    public Body of(String id) throws Exception {
        var found = pedidos.find(id).orElseThrow(PedidoAnswer::unknown);
        byte[] small = found.small();
        return answers.read(found.bytes(), () -> {
            byte[] answer = small == null
                    ? pedidos.answers(List.of(id)).stream().findFirst().orElseThrow(PedidoAnswer::unknown)
                    : small;
            return ByteBuffer.wrap(answer, 0, JsonText.compact(answer));
        });
    }

    static ProblemException unknown() {
        return new ProblemException(Problem.notFound("No pedido has this id."));
    }
}
