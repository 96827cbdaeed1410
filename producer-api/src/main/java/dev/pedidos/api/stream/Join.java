package dev.pedidos.api.stream;

import dev.pedidos.api.http.EventStream;
import dev.pedidos.shared.ledger.read.StreamReads.StreamOffset;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A client that wants to listen.
 *
 * @param after the last event that it has; empty if it has none
 */
record Join(Wanted wanted, OptionalLong after, EventStream stream, CompletableFuture<Joined> result) {

    StreamOffset offset(String pedidoId) {
        return new StreamOffset(pedidoId, after.orElse(0));
    }
}
