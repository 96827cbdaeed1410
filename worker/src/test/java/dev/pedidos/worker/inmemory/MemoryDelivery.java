package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.broker.Delivery;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A delivery that remembers what became of it. */
public record MemoryDelivery(byte[] body, Headers headers, boolean redelivered, List<String> settled)
        implements Delivery {

    /** The first message of a new pedido. */
    public static MemoryDelivery of(Pedido pedido) {
        return of(pedido, Map.of());
    }

    public static MemoryDelivery of(Pedido pedido, Map<String, Object> headers) {
        return new MemoryDelivery(
                PedidoCodec.writeMessage(pedido), new Headers(headers), false, new CopyOnWriteArrayList<>());
    }

    public static MemoryDelivery of(OutboundMessage message) {
        return new MemoryDelivery(message.body(), MemoryBroker.headers(message), false, new CopyOnWriteArrayList<>());
    }

    /** The same message again. */
    public MemoryDelivery again() {
        return new MemoryDelivery(body, headers, true, new CopyOnWriteArrayList<>());
    }

    @Override
    public void ack() {
        settled.add("ack");
    }

    @Override
    public void abandon(Throwable failure) {
        settled.add("abandon");
    }

    @Override
    public void reject() {
        settled.add("reject");
    }
}
