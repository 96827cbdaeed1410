package dev.pedidos.worker.settle;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.message.InvalidMessage;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.runtime.RepeatedFaultLog;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles each ending with the broker. A delivery may be acknowledged only after that. */
public final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final RepeatedFaultLog faults = new RepeatedFaultLog(LOG);
    private final LedgerPublisher publisherUntilTaken;
    private final LedgerPublisher publisherOnce;
    private final Duration aside;

    /**
     * @param publisherUntilTaken holds a delivery until the broker takes the message
     * @param publisherOnce holds none: a shard that is full takes a message only after its deliveries have gone on
     * @param aside how long a message that cannot be decided now is set aside
     */
    public Settlement(LedgerPublisher publisherUntilTaken, LedgerPublisher publisherOnce, Duration aside) {
        this.publisherUntilTaken = publisherUntilTaken;
        this.publisherOnce = publisherOnce;
        this.aside = aside;
    }

    /**
     * @param shard the queue that the delivery came from
     * @throws PublishFailed the broker did not confirm. Leave the delivery unacknowledged: it is redelivered, and the
     *     ledger knows how it ended.
     */
    public AckDecision settle(Ending ending, String shard) throws PublishFailed, InterruptedException {
        return switch (ending) {
            case Ending.Finished(var parkedBehind) -> parkedBehind ? AckDecision.DRAIN : AckDecision.ACK;
            case Ending.Skipped skipped -> AckDecision.DRAIN;
            case Ending.Retrying(var pedido, var next, var delay, var suspect) -> {
                publisherUntilTaken.retry(pedido, next, delay, suspect);
                yield AckDecision.ACK;
            }
            case Ending.Waiting waiting -> AckDecision.ACK;
            case Ending.Dead(var pedido, var version, var death) -> {
                publisherUntilTaken.deadLetter(pedido, version, death, shard);
                yield AckDecision.DRAIN;
            }
            case Ending.SetAside(var message) -> {
                publisherUntilTaken.setAside(message, aside);
                yield AckDecision.ACK;
            }
            case Ending.HandedOn(var head) -> handOn(head);
            case Ending.Unknown(var message) -> {
                LOG.atError()
                        .addKeyValue("pedido_id", message.pedidoId())
                        .addKeyValue("shard", shard)
                        .log(
                                "the ledger does not know this pedido: its message is refused and goes to pedidos_recusados");
                yield AckDecision.REJECT;
            }
            case Ending.Unreadable(var fault) -> {
                LOG.atError().addKeyValue("shard", shard).log("a message is not a pedido and is refused: {}", fault);
                yield AckDecision.REJECT;
            }
        };
    }

    private AckDecision handOn(Head head) throws InterruptedException {
        try {
            publisherOnce.handOn(head);
            return AckDecision.ACK;
        } catch (PublishFailed | InvalidMessage e) {
            var fault = String.valueOf(e.getMessage());
            faults.warn(
                    "the next pedido of a receiver cannot go to its shard: this worker goes on with it",
                    fault,
                    Map.of("recebedor_id", head.recebedorId(), "pedido_id", head.pedidoId()));
            return AckDecision.DRAIN;
        }
    }
}
