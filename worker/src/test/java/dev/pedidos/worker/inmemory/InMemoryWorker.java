package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.broker.message.Headers;
import dev.pedidos.shared.broker.message.Messages;
import dev.pedidos.shared.broker.message.OutboundMessage;
import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.relay.PublishedMark;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.PedidoCodec;
import dev.pedidos.shared.protocol.Candidate;
import dev.pedidos.shared.protocol.LedgerPublisher;
import dev.pedidos.shared.topology.RetryLadder;
import dev.pedidos.shared.topology.Topology;
import dev.pedidos.worker.execution.DirectCalls;
import dev.pedidos.worker.execution.HandlerCalls;
import dev.pedidos.worker.execution.Handlers;
import dev.pedidos.worker.execution.PedidoMemory;
import dev.pedidos.worker.handler.Handler;
import dev.pedidos.worker.handler.TransientFailure;
import dev.pedidos.worker.outage.DatabaseRetry;
import dev.pedidos.worker.settle.AwaitingPublisher;
import dev.pedidos.worker.settle.Ending;
import dev.pedidos.worker.settle.Ending.Skipped.Reason;
import dev.pedidos.worker.settle.Settlement;
import dev.pedidos.worker.turn.Attempt;
import dev.pedidos.worker.turn.BusyReceivers;
import dev.pedidos.worker.turn.FailureRecord;
import dev.pedidos.worker.turn.LineCheck;
import dev.pedidos.worker.turn.LotRules;
import dev.pedidos.worker.turn.Lots;
import dev.pedidos.worker.turn.ParkedHead;
import dev.pedidos.worker.turn.PassageContext;
import dev.pedidos.worker.turn.PreparedLots;
import dev.pedidos.worker.turn.ThisWorker;
import dev.pedidos.worker.turn.TurnParts;
import dev.pedidos.worker.turn.Turnstile;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.JsonNodeFactory;

/** A worker's parts around a ledger and a broker in memory. */
public final class InMemoryWorker {

    public static final String WORKER = "this worker";
    public static final Duration DELAY = Duration.ofSeconds(1);
    public static final int MAX_TENTATIVAS = 3;
    private static final int MEMORY = 1024 * 1024;
    private static final int LOTE = 16;

    public final MemoryLedger ledger = new MemoryLedger();
    public final MemoryBroker broker = new MemoryBroker();
    public final ScriptedHandler handler = new ScriptedHandler(ledger);
    public final List<PublishedMark> marks = new ArrayList<>();
    public final RetryLadder ladder = RetryLadder.doubling(DELAY, Duration.ofMinutes(1));
    public final AtomicBoolean canTellTheLiving = new AtomicBoolean(true);
    public final FailureRecord failures =
            new FailureRecord(ledger, ladder, MAX_TENTATIVAS, tipo -> OnDeadLetter.CONTINUE, canTellTheLiving::get);
    public final PedidoMemory memory = new PedidoMemory(MEMORY);
    public final AtomicBoolean canTellDeaths = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong();
    public final Turnstile turnstile;
    public final Lots lots;
    public final TurnParts turn;
    public final Settlement settlement;

    public InMemoryWorker() {
        this(List.of());
    }

    /** @param further handlers beside the scripted one */
    public InMemoryWorker(List<Handler> further) {
        ledger.live(WORKER);
        var handlers = new ArrayList<>(further);
        handlers.add(handler);
        var registered = Handlers.of(handlers);
        var calls = new HandlerCalls(Duration.ofMinutes(1), (pedido, schedulings) -> new DirectCalls());
        var attempt = new Attempt(ledger, failures, calls);
        var lockedElsewhere = new BusyReceivers(nanos::get);
        lots = new Lots(ledger, registered, calls, memory);
        var preparedLots = new PreparedLots(ledger, lots, LOTE, size -> {});
        var context = new PassageContext(
                ledger,
                preparedLots,
                registered,
                attempt,
                new LineCheck(ladder),
                new ThisWorker(WORKER, canTellDeaths::get));
        turnstile = new Turnstile(context, lockedElsewhere, memory);
        turn = new TurnParts(turnstile, lots, new LotRules(registered, lockedElsewhere), registered);
        var publisher = new AwaitingPublisher(broker::publish);
        publisher.setConsumingConnection(() -> AwaitingPublisher.NOT_CONSUMING);
        var messages = new Messages(new Topology("", 4, ladder));
        settlement = new Settlement(
                new LedgerPublisher(publisher.ofOpenConnection(), messages, this::mark),
                new LedgerPublisher(publisher::offer, messages, this::mark),
                DELAY);
    }

    /** By the clock of this program. */
    public void passTime(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private int mark(List<PublishedMark> published) {
        marks.addAll(published);
        published.forEach(mark -> ledger.markPublished(mark.version().pedidoId()));
        return published.size();
    }

    public DatabaseRetry.Step<ParkedHead> parkedHeadStep(Candidate message) {
        return turnstile.parkedHeadStep(message, pedidoId -> {});
    }

    /** One run of the step for the pedido of a message. */
    public Ending pass(Candidate message) throws SQLException {
        return turnstile.messageStep(message).run();
    }

    /** The next attempt of the pedido fails. */
    public void failOnce(String pedidoId) {
        handler.next(pedidoId, () -> {
            throw new TransientFailure("not now");
        });
    }

    public static Ending skipped(Reason reason) {
        return new Ending.Skipped(reason);
    }

    /** A new pedido at the end of its receiver's line. */
    public Pedido accept(String pedidoId, String recebedorId) {
        return accept(ScriptedHandler.TIPO, pedidoId, recebedorId);
    }

    public Pedido accept(String tipo, String pedidoId, String recebedorId) {
        return accept(new Pedido(pedidoId, tipo, recebedorId, "api", List.of(), null));
    }

    /** As {@link #accept}; it takes all of the memory for decoded pedidos. */
    public Pedido acceptLarge(String tipo, String pedidoId, String recebedorId) {
        var dados = JsonNodeFactory.instance.objectNode();
        dados.putArray("x").addAll(Collections.nCopies(MEMORY / 200, JsonNodeFactory.instance.objectNode()));
        return accept(new Pedido(pedidoId, tipo, recebedorId, "api", List.of(), dados));
    }

    public Pedido acceptLarge(String pedidoId, String recebedorId) {
        return acceptLarge(ScriptedHandler.TIPO, pedidoId, recebedorId);
    }

    private Pedido accept(Pedido pedido) {
        ledger.accept(pedido);
        return pedido;
    }

    public Pedido pedido(String pedidoId) {
        return ledger.find(pedidoId).orElseThrow().pedido;
    }

    /** The first message of a pedido. */
    public static Candidate message(Pedido pedido) {
        return candidate(pedido, Map.of(), false);
    }

    public static Candidate redelivered(Pedido pedido) {
        return candidate(pedido, Map.of(), true);
    }

    /** The message of a scheduling. */
    public static Candidate message(Pedido pedido, int agendamento, int tentativas) {
        return candidate(
                pedido, Map.of(OutboundMessage.AGENDAMENTO, agendamento, OutboundMessage.TENTATIVA, tentativas), false);
    }

    private static Candidate candidate(Pedido pedido, Map<String, Object> headers, boolean redelivered) {
        return Candidate.ofMessage(PedidoCodec.writeMessage(pedido), new Headers(headers), redelivered);
    }
}
