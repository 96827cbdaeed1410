package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OutboundMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A broker in memory: keeps what is published, and confirms it or not. */
public final class MemoryBroker {

    private final List<OutboundMessage> published = new ArrayList<>();
    private boolean refusing;

    public CompletableFuture<Void> publish(OutboundMessage message) {
        if (refusing) {
            return CompletableFuture.failedFuture(new PublishFailed("no queue takes messages"));
        }
        published.add(message);
        return CompletableFuture.completedFuture(null);
    }

    /** From now on every message is returned. */
    public void refuse() {
        refusing = true;
    }

    public List<OutboundMessage> published() {
        return List.copyOf(published);
    }

    public OutboundMessage last() {
        return published.getLast();
    }

    /** The headers as a consumer gets them. */
    public static Headers headers(OutboundMessage message) {
        var headers = new HashMap<>(message.headers());
        headers.put(OutboundMessage.CICLO, message.version().ciclo());
        headers.put(OutboundMessage.AGENDAMENTO, message.version().agendamento());
        headers.put(OutboundMessage.TENTATIVA, message.version().tentativas());
        if (message.exchange().startsWith("pedidos.retry.")) {
            headers.put("x-first-death-reason", "expired");
        }
        return new Headers(headers);
    }
}
