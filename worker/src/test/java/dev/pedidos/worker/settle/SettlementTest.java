package dev.pedidos.worker.settle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pedidos.shared.broker.PublishFailed;
import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.broker.message.Suspicion;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.worker.inmemory.InMemoryWorker;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each ending's meaning for the broker and for the delivery. */
class SettlementTest {

    private static final String SHARD = "pedidos_queue.02";
    private static final Version NEXT = new Version("p", 0, 2, 2);
    private static final Death DEATH = new Death("GONE", "Broken", 3, "first", "last");

    private final InMemoryWorker worker = new InMemoryWorker();
    private final Pedido pedido = new Pedido("p", "simulado", "r", "api", List.of(), null);

    @Test
    void aFinishedPedidoIsAcknowledgedAfterWhatIsParkedBehindIt() throws Exception {
        assertThat(settle(new Ending.Finished(false))).isEqualTo(AckDecision.ACK);
        assertThat(settle(new Ending.Finished(true))).isEqualTo(AckDecision.DRAIN);
        assertThat(worker.broker.published()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void behindWhatIsSkippedTheReceiverGoesOn(Reason reason) throws Exception {
        assertThat(settle(new Ending.Skipped(reason))).isEqualTo(AckDecision.DRAIN);
        assertThat(worker.broker.published()).isEmpty();
    }

    @Test
    void aRetryGoesToItsDelayAndIsMarkedAfterTheConfirm() throws Exception {
        worker.accept("p", "r");
        assertThat(settle(new Ending.Retrying(pedido, NEXT, Duration.ofSeconds(2), false)))
                .isEqualTo(AckDecision.ACK);
        var message = worker.broker.last();
        assertThat(message.exchange()).isEqualTo("pedidos.retry.2s");
        assertThat(message.routingKey()).isEqualTo("r");
        assertThat(message.version().agendamento()).isEqualTo(2);
        assertThat(worker.marks).containsExactly(new PublishedMark(NEXT, PedidoStatus.RETRYING));
    }

    @Test
    void aDeadLetterNamesItsShardAndTheReceiverGoesOn() throws Exception {
        worker.accept("p", "r");
        assertThat(settle(new Ending.Dead(pedido, NEXT.counted(3), DEATH))).isEqualTo(AckDecision.DRAIN);
        var message = worker.broker.last();
        assertThat(message.routingKey()).isEqualTo("pedidos_dlq");
        assertThat(message.headers()).containsEntry("shard", SHARD).containsEntry("tentativas", 3);
        assertThat(worker.marks).containsExactly(new PublishedMark(NEXT.counted(3), PedidoStatus.DEAD_LETTERED));
    }

    @Test
    void whatTheBrokerDoesNotConfirmIsNeitherMarkedNorAcknowledged() {
        worker.accept("p", "r");
        worker.broker.refuse();
        assertThatThrownBy(() -> settle(new Ending.Retrying(pedido, NEXT, Duration.ofSeconds(2), false)))
                .isInstanceOf(PublishFailed.class);
        assertThatThrownBy(() -> settle(new Ending.Dead(pedido, NEXT, DEATH))).isInstanceOf(PublishFailed.class);
        assertThat(worker.marks).isEmpty();
    }

    @Test
    void aMessageIsSetAsideAsItIs() throws Exception {
        assertThat(settle(new Ending.SetAside(InMemoryWorker.message(pedido, 1, 1))))
                .isEqualTo(AckDecision.ACK);
        var message = worker.broker.last();
        assertThat(message.exchange()).isEqualTo("pedidos.retry.1s");
        assertThat(message.version().agendamento()).isEqualTo(1);
        assertThat(message.headers()).as("nothing was scheduled").doesNotContainKey("espera_ms");
        assertThat(worker.marks).isEmpty();
    }

    /** A message that is set aside is published anew. The broker does not say of it that it was delivered before. */
    @Test
    void aRedeliveredMessageThatIsSetAsideStaysSuspect() throws Exception {
        settle(new Ending.SetAside(InMemoryWorker.redelivered(pedido)));
        assertThat(again(worker.broker.last()).suspicion()).isEqualTo(Suspicion.WITH_FOLLOWERS);
    }

    @Test
    void aSuspectThatIsSetAsideRaisesNoSuspicionAgainstThePedidosBehindIt() throws Exception {
        settle(new Ending.SetAside(InMemoryWorker.message(pedido).suspectIf(true)));
        assertThat(again(worker.broker.last()).suspicion()).isEqualTo(Suspicion.OWN);
    }

    @Test
    void aRetryAfterTheEndOfAWorkerStaysSuspect() throws Exception {
        worker.accept("p", "r");
        settle(new Ending.Retrying(pedido, NEXT, Duration.ofSeconds(2), true));
        assertThat(again(worker.broker.last()).suspicion()).isEqualTo(Suspicion.OWN);
        settle(new Ending.Retrying(pedido, NEXT, Duration.ofSeconds(2), false));
        assertThat(again(worker.broker.last()).suspicion()).isEqualTo(Suspicion.NONE);
    }

    private static Candidate again(OutboundMessage message) {
        return Candidate.ofMessage(message.body(), new Headers(Map.copyOf(message.headers())), false);
    }

    @Test
    void aHeadThatIsHandedOnGoesToItsShard() throws Exception {
        worker.accept("p", "r");
        try (var turn = worker.ledger.entered("r", "p")) {
            turn.park("p");
        }
        assertThat(settle(new Ending.HandedOn(worker.ledger.parkedHeadOf("r").orElseThrow())))
                .isEqualTo(AckDecision.ACK);
        assertThat(worker.broker.last().exchange()).isEqualTo("pedidos");
        assertThat(worker.broker.last().messageId()).isEqualTo("p");
    }

    @Test
    void whatIsNoPedidoOfThisLedgerIsRejected() throws Exception {
        assertThat(settle(new Ending.Unknown(InMemoryWorker.message(pedido)))).isEqualTo(AckDecision.REJECT);
        assertThat(settle(new Ending.Unreadable("$: is no object"))).isEqualTo(AckDecision.REJECT);
        assertThat(worker.broker.published()).isEmpty();
    }

    private AckDecision settle(Ending ending) throws PublishFailed, InterruptedException {
        return worker.settlement.settle(ending, SHARD);
    }
}
