package dev.pedidos.api.intake;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import dev.pedidos.api.http.ProblemException;
import dev.pedidos.shared.message.CallbackHosts;
import dev.pedidos.shared.message.Draft;
import dev.pedidos.shared.message.PedidoCodec;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes body and headers a {@link PedidoRequest}. Its id is the {@code pedido_id} of the body, else one made from the header
 * Idempotency-Key, else a new one.
 */
public final class PedidoRequestReader {
    private final NoArgGenerator newIds = Generators.timeBasedEpochRandomGenerator();
    private final CallbackHosts callbackHosts;

    public PedidoRequestReader(CallbackHosts callbackHosts) {
        this.callbackHosts = callbackHosts;
    }

    /**
     * @param keys values of the header Idempotency-Key
     * @param knownTipo whether a worker can handle it
     * @throws dev.pedidos.shared.message.InvalidMessage with everything that is wrong, including the header
     * @throws ProblemException of {@code knownTipo}, if nothing else is wrong
     * @throws KnownTipos.NotRead of {@code knownTipo}
     */
    PedidoRequest read(byte[] body, List<String> keys, Predicate<String> knownTipo) {
        try {
            return checked(body, keys, knownTipo);
        } catch (ProblemException noAnswer) {
            checked(body, keys, tipo -> true);
            throw noAnswer;
        }
    }

    private PedidoRequest checked(byte[] body, List<String> keys, Predicate<String> knownTipo) {
        Draft draft = IdempotencyKey.withBody(keys, () -> PedidoCodec.readDraft(body, knownTipo, callbackHosts));
        @Nullable String ownId = draft.pedidoId();
        if (ownId != null) {
            return new PedidoRequest(draft.withId(ownId), false);
        }
        return IdempotencyKey.of(keys)
                .map(given -> new PedidoRequest(draft.withId(given.pedidoId()), true))
                .orElseGet(
                        () -> new PedidoRequest(draft.withId(newIds.generate().toString()), false));
    }
}
