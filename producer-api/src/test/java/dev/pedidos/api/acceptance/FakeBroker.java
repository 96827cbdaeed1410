package dev.pedidos.api.acceptance;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker in memory that confirms when the test wants it. */
final class FakeBroker {
    static final Topology NAMES = Topology.withoutShards("", new RetryLadder(List.of(Duration.ofSeconds(1))));

    private final List<OutboundMessage> published = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> confirms = new CopyOnWriteArrayList<>();
    private volatile boolean up = true;
    private volatile boolean confirmsAtOnce;

    void goDown() {
        up = false;
    }

    void comeUp() {
        up = true;
    }

    void confirmAtOnce() {
        confirmsAtOnce = true;
    }

    boolean isUp() {
        return up;
    }

    BrokerPath path(AcceptanceMetrics metrics, Duration confirmWait) {
        return new BrokerPath(
                this::publish,
                new Messages(NAMES),
                new AcceptanceClock(System::nanoTime, () -> 1),
                metrics,
                confirmWait);
    }

    private CompletableFuture<Void> publish(OutboundMessage message) {
        if (!up) {
            return CompletableFuture.failedFuture(new PublishFailed("the broker is down"));
        }
        CompletableFuture<Void> confirm = new CompletableFuture<>();
        confirms.add(confirm);
        published.add(message);
        if (confirmsAtOnce) {
            confirm.complete(null);
        }
        return confirm;
    }

    List<OutboundMessage> published() {
        return published;
    }

    List<String> publishedIds() {
        return published.stream().map(OutboundMessage::messageId).toList();
    }

    void confirm(int index) {
        confirms.get(index).complete(null);
    }

    void refuse(int index) {
        confirms.get(index).completeExceptionally(new PublishFailed("returned"));
    }
}
