package dev.pedidos.api.tasks;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.pedidos.api.intake.IdempotencyKey;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.DespesaBatch;
import java.util.List;

/** Makes body and headers a {@link BatchRequest}. Its id is made from the header Idempotency-Key, else it is a new one. */
final class BatchRequestReader {
    private final NoArgGenerator newIds = Generators.timeBasedEpochRandomGenerator();
    private final CallbackHosts callbackHosts;

    BatchRequestReader(CallbackHosts callbackHosts) {
        this.callbackHosts = callbackHosts;
    }

    /**
     * @param keys values of the header Idempotency-Key
     * @throws dev.pedidos.shared.message.InvalidMessage with everything that is wrong, including the header
     */
    BatchRequest read(byte[] body, List<String> keys) {
        DespesaBatch batch = IdempotencyKey.withBody(keys, () -> DespesaBatch.read(body, callbackHosts));
        String id = IdempotencyKey.of(keys)
                .map(IdempotencyKey::pedidoId)
                .orElseGet(() -> newIds.generate().toString());
        return new BatchRequest(id, batch.pedidos(id), batch.callbackUrl());
    }
}
