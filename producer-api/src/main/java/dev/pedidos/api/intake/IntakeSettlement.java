package dev.pedidos.api.intake;

import dev.pedidos.api.publishing.Publishing;
import dev.pedidos.shared.broker.ConfirmWait;
import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.ledger.accept.Inserted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step after a batch is committed: publishes new pedidos, and redrives dead letters that were moved to the open queue. */
public final class IntakeSettlement {

    /** Sends a dead letter back to work if it is dead in that ciclo: once, however many copies there are. */
    @FunctionalInterface
    public interface Redrive {
        boolean redrive(String pedidoId, int ciclo, String por);
    }

    /** @param found by the ledger when it was inserted */
    record Entered(Incoming.Valid incoming, Inserted found) {}

    private static final Logger LOG = LoggerFactory.getLogger(IntakeSettlement.class);
    /** The message does not say who moved it there. */
    private static final String MOVED_BY = "management-ui";

    private final Publishing publishing;
    private final Redrive redrive;
    private final IntakeMetrics metrics;
    private List<CompletableFuture<Void>> unconfirmed = List.of();

    public IntakeSettlement(Publishing publishing, Redrive redrive, IntakeMetrics metrics) {
        this.publishing = publishing;
        this.redrive = redrive;
        this.metrics = metrics;
    }

    /**
     * Publishes what is new. Waits for the confirms of the batch before, so that never more than two are under way: while the broker
     * writes one batch, the next one is inserted.
     */
    void settle(List<Entered> entered) throws InterruptedException {
        List<CompletableFuture<Void>> confirms = new ArrayList<>(entered.size());
        for (Entered one : entered) {
            switch (one.found()) {
                case Inserted.New() -> {
                    confirms.add(publishing.publishAndConfirm(one.incoming().content()));
                    metrics.noted();
                }
                case Inserted.Replay known -> knownAlready(one.incoming());
                case Inserted.Conflict() -> {
                    LOG.atWarn()
                            .addKeyValue("pedido_id", one.incoming().row().pedidoId())
                            .log("a message has other content than the pedido of its id; the conflict is recorded, and"
                                    + " the message is not accepted");
                    metrics.conflict();
                }
            }
        }
        awaitBatchBefore();
        unconfirmed = confirms;
    }

    private void awaitBatchBefore() throws InterruptedException {
        try {
            ConfirmWait.all(unconfirmed, PoisonMessages.CONFIRM_WAIT);
        } catch (PublishFailed e) {
            LOG.info(
                    "pedidos were inserted from pedidos_queue and are not confirmed; the relay publishes them ({})",
                    e.getMessage());
        }
    }

    private void knownAlready(Incoming.Valid incoming) {
        boolean redriven = incoming.message().headers().has(OutboundMessage.MOTIVO) && redriven(incoming);
        if (redriven) {
            metrics.redriven();
        } else {
            metrics.known();
        }
    }

    /** A copy of a dead letter that somebody moved here asks for a redrive; the relay publishes the pedido. */
    private boolean redriven(Incoming.Valid letter) {
        String pedidoId = letter.row().pedidoId();
        int ciclo = (int) letter.message().headers().number(OutboundMessage.CICLO);
        boolean redriven = redrive.redrive(pedidoId, ciclo, MOVED_BY);
        if (!redriven) {
            LOG.atInfo()
                    .addKeyValue("pedido_id", pedidoId)
                    .addKeyValue("ciclo", ciclo)
                    .log("a dead letter in pedidos_queue is not redriven: its pedido is not dead in that ciclo");
        }
        return redriven;
    }
}
