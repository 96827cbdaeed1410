package dev.pedidos.api.stream;

import dev.pedidos.api.http.EventStream;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client that wants to listen.
 *
 * @param after the last event that it has; null if it has none
 */
record Join(Wanted wanted, @Nullable Long after, EventStream stream, CompletableFuture<Joined> result) {

    StreamOffset offset(String pedidoId) {
        return new StreamOffset(pedidoId, after == null ? 0 : after);
    }
}
