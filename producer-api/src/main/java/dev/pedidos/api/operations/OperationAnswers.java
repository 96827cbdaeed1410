package dev.pedidos.api.operations;

import dev.pedidos.api.http.AnswerBody;
import dev.pedidos.api.http.LargeAnswers;
import dev.pedidos.api.http.Problem;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.ledger.read.OperationReads;
import dev.pedidos.shared.message.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@code GET /operations/{external_id}} answers, for requests that waited for it. */
public final class OperationAnswers {
    /** An operation has a few short members. */
    private static final int BYTES = 1000;

    private final OperationReads operations;
    private final LargeAnswers answers;

    public OperationAnswers(OperationReads operations, LargeAnswers answers) {
        this.operations = operations;
        this.answers = answers;
    }

    /** @throws ProblemException no event of it came, or there is no memory for the answer */
    public AnswerBody read(String externalId) throws Exception {
        String answer = operations
                .find(externalId)
                .orElseThrow(() -> new ProblemException(Problem.notFound(OperationRoutes.UNKNOWN)));
        return answers.read(
                BYTES, () -> ByteBuffer.wrap(JsonText.compact(answer).getBytes(StandardCharsets.UTF_8)));
    }
}
