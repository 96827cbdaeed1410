package dev.pedidos.api.status;

import dev.pedidos.api.acceptance.Absence;
import dev.pedidos.api.http.AnswerBody;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.read.PedidoReads;
import dev.pedidos.shared.message.JsonText;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The answer of {@code GET /pedidos/{id}}. */
public final class PedidoAnswer {
    private final PedidoReads pedidos;
    private final Absence absence;
    private final LargeAnswers answers;

    public PedidoAnswer(PedidoReads pedidos, Absence absence, LargeAnswers answers) {
        this.pedidos = pedidos;
        this.absence = absence;
        this.answers = answers;
    }

    /** @throws ProblemException the ledger has no pedido with this id */
    public AnswerBody of(String id) throws Exception {
        Problem absent = absence.of(Problem.NO_PEDIDO);
        var found = pedidos.find(id).orElseThrow(() -> new ProblemException(absent));
        byte[] small = found.small();
        return answers.read(found.bytes(), () -> {
            byte[] answer = small == null
                    ? pedidos.answers(List.of(id), Optional.empty()).stream()
                            .findFirst()
                            .orElseThrow(() -> new ProblemException(absent))
                    : small;
            return ByteBuffer.wrap(answer, 0, JsonText.compact(answer));
        });
    }
}
