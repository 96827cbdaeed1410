package dev.pedidos.api.intake;

import dev.pedidos.shared.broker.Messages;
import dev.pedidos.shared.broker.Outlet;
import dev.pedidos.shared.broker.PublishFailed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages that are no pedidos to the queue of dead letters, with their bodies unchanged. */
final class DeadMessages {
    private static final Logger LOG = LoggerFactory.getLogger(DeadMessages.class);
    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(10);

    private final Outlet outlet;
    private final Messages messages;

    DeadMessages(Outlet outlet, Messages messages) {
        this.outlet = outlet;
        this.messages = messages;
    }

    /** @throws PublishFailed some are not in the queue: their messages must not be acknowledged */
    void publish(List<Incoming.Refused> refused) throws PublishFailed, InterruptedException {
        for (Incoming.Refused one : refused) {
            LOG.atError()
                    .addKeyValue("queue", one.record().queue())
                    .addKeyValue("sha256", one.record().sha256())
                    .log("a message is no pedido; it goes to the dead letters: {}", one.reason());
        }
        await(refused.stream().map(this::publish).toList());
    }

    private CompletableFuture<Void> publish(Incoming.Refused one) {
        return outlet.publish(messages.refused(
                "mensagem:" + one.record().sha256(),
                one.record().motivo(),
                one.record().erroClasse(),
                one.reason(),
                one.message().body()));
    }

    static void await(List<CompletableFuture<Void>> confirms) throws PublishFailed, InterruptedException {
        try {
            CompletableFuture.allOf(confirms.toArray(CompletableFuture[]::new))
                    .get(CONFIRM_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new PublishFailed("the broker did not confirm within " + CONFIRM_WAIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PublishFailed failed ? failed : new PublishFailed(e.toString());
        }
    }
}
