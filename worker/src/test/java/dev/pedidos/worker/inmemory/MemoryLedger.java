package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.LotTurn;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.ledger.turn.Turns;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A ledger in memory: rows, events, receivers' locks and rollback. It keeps {@link LotTurnContract}. */
public final class MemoryLedger implements Turns {

    /** What a turn is about to do. */
    public enum Statement {
        ENTER,
        ENTER_HEAD,
        MARK_BEGUN,
        FINISH,
        CANCEL,
        PARK,
        RETRY,
        AWAIT_SLOT,
        DUE_NOW,
        LEAVE_TO_RELAY,
        DEAD_LETTER,
        CONFLICT,
        ADOPT_EFFECT,
        NEXT_HEADS,
        ENTER_LOT,
        FINISH_LOT
    }

    private static final String SECOND_EFFECT =
            "duplicate key value violates unique constraint \"operation_events_one_effect\"";

    /** Runs before every statement; for what happens in between, and for a database that fails. */
    @FunctionalInterface
    public interface Before {
        void run(Statement statement) throws SQLException;
    }

    /** The effects of the turn of the handler that runs on this thread. */
    private static final ThreadLocal<List<String>> CURRENT = new ThreadLocal<>();

    public final MemoryLocks locks;
    private final Map<String, MemoryRow> rows = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private final Set<String> liveWorkers = new HashSet<>();
    /** The tipos that other workers have handlers for. */
    public final Set<String> othersHandle = new HashSet<>();
    /** The tipos that other workers can undo. */
    public final Set<String> othersUndo = new HashSet<>();

    private long nowMillis = 1_000_000;
    private volatile Before before = statement -> {};

    public MemoryLedger() {
        this(Duration.ofMillis(200));
    }

    public MemoryLedger(Duration lockTimeout) {
        locks = new MemoryLocks(lockTimeout);
    }

    @Override
    public Turn open() {
        var turn = new MemoryTurn(this);
        CURRENT.set(turn.effects);
        return turn;
    }

    @Override
    public Optional<PedidoState> look(String recebedorId, String pedidoId) throws SQLException {
        try (var turn = new MemoryTurn(this)) {
            return turn.enter(recebedorId, pedidoId);
        }
    }

    @Override
    public boolean anyWorkerHandles(String tipo) {
        return othersHandle.contains(tipo);
    }

    @Override
    public boolean anyWorkerUndoes(String tipo) {
        return othersUndo.contains(tipo);
    }

    @Override
    public synchronized void unmark(String pedidoId, String worker) {
        find(pedidoId).filter(row -> worker.equals(row.begun)).ifPresent(row -> row.begun = null);
    }

    @Override
    public LotTurn openLot() {
        var turn = new MemoryLotTurn(this);
        CURRENT.set(turn.effects);
        return turn;
    }

    @Override
    public void shortenWaits() {
        // Only locks of receivers are waited for here.
    }

    /** Puts a new pedido at the end of its receiver's line. */
    public synchronized void accept(Pedido pedido) {
        rows.put(pedido.pedidoId(), new MemoryRow(pedido, rows.size() + 1L));
        record(pedido.pedidoId(), "ACCEPTED");
    }

    /** Puts a new pedido at the beginning of its receiver's line, as one that was accepted without the database may be. */
    public synchronized Pedido acceptBefore(Pedido pedido) {
        rows.put(pedido.pedidoId(), new MemoryRow(pedido, -rows.size()));
        record(pedido.pedidoId(), "ACCEPTED");
        return pedido;
    }

    /** Another worker finishes the pedido at this moment. */
    public synchronized void overtake(String pedidoId) {
        Objects.requireNonNull(rows.get(pedidoId)).end(PedidoStatus.COMPLETED);
        record(pedidoId, "PROCESSING");
        record(pedidoId, "COMPLETED");
    }

    /** An effect of the handler that runs on this thread: rolled back with its turn. */
    public void effect(String what) {
        Objects.requireNonNull(CURRENT.get()).add(what);
    }

    public synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    /** The events of a pedido in their order. */
    public synchronized List<String> events(String pedidoId) {
        return events.stream()
                .filter(event -> event.startsWith(pedidoId + " "))
                .map(event -> event.substring(pedidoId.length() + 1))
                .toList();
    }

    public synchronized RowView row(String pedidoId) {
        return Objects.requireNonNull(rows.get(pedidoId)).view();
    }

    /** A client cancels the pedido. */
    public synchronized void cancel(String pedidoId) {
        Objects.requireNonNull(rows.get(pedidoId)).cancelled = true;
    }

    /** It stands in no line. */
    public synchronized void takeOutOfLine(String pedidoId) {
        Objects.requireNonNull(rows.get(pedidoId)).unordered = true;
    }

    /** As if the database had lost its content. */
    public synchronized void damage(String pedidoId) {
        Objects.requireNonNull(rows.get(pedidoId)).damaged = true;
    }

    /** As if the database had lost what its events say. */
    public synchronized void reopen(String pedidoId) {
        Objects.requireNonNull(rows.get(pedidoId)).status = PedidoStatus.PENDING;
    }

    /** The database is restored to a moment at which the pedido was not finished. */
    public synchronized void restore(String pedidoId) {
        reopen(pedidoId);
        events.removeIf(event -> event.startsWith(pedidoId + " ") && !event.endsWith("ACCEPTED"));
    }

    public synchronized void markPublished(String pedidoId) {
        Objects.requireNonNull(rows.get(pedidoId)).published = true;
    }

    /** @param time below zero if the clock is set back */
    public synchronized void passTime(Duration time) {
        nowMillis += time.toMillis();
    }

    /** The worker holds the lock of its name. */
    public synchronized void live(String worker) {
        liveWorkers.add(worker);
    }

    public synchronized void die(String worker) {
        liveWorkers.remove(worker);
    }

    public void before(Before hook) {
        before = hook;
    }

    void reach(Statement statement) throws SQLException {
        try {
            before.run(statement);
        } catch (SQLException e) {
            throw LedgerFault.markedAsLedgers(e);
        }
    }

    Optional<MemoryRow> find(String pedidoId) {
        return Optional.ofNullable(rows.get(pedidoId));
    }

    Optional<MemoryRow> headOf(String recebedorId) {
        return line(recebedorId).findFirst();
    }

    boolean isParkedBehind(String pedidoId, String recebedorId) {
        long place = find(pedidoId).orElseThrow().ordem;
        return line(recebedorId).anyMatch(row -> row.parked && row.ordem >= place);
    }

    /** The unfinished pedidos of a receiver in their order. */
    Stream<MemoryRow> line(String recebedorId) {
        return rows.values().stream()
                .filter(row -> row.pedido.recebedorId().equals(recebedorId) && row.inLine())
                .sorted(Comparator.comparingLong(row -> row.ordem));
    }

    /** The pedido directly before it in its line. */
    Optional<MemoryRow> before(MemoryRow row) {
        return rows.values().stream()
                .filter(other -> other.pedido.recebedorId().equals(row.pedido.recebedorId())
                        && other.inLine()
                        && other.ordem < row.ordem)
                .max(Comparator.comparingLong(other -> other.ordem));
    }

    PedidoState state(MemoryRow row) {
        return new PedidoState(
                row.status,
                row.ciclo,
                row.agendamento,
                row.tentativas,
                row.payloadHash,
                row.published,
                Math.max(0, row.dueAtMillis - Math.max(nowMillis, row.changedAtMillis)),
                Optional.ofNullable(row.begun).map(worker -> new PedidoState.Beginner(worker, lives(worker))),
                row.unordered || before(row).isEmpty(),
                row.cancelled);
    }

    /** The outcome of an attempt; its effects are kept. */
    void finish(Version version, PedidoStatus status) throws SQLException {
        var row = find(version.pedidoId())
                .filter(one -> one.isAt(version))
                .orElseThrow(() -> new SQLException("division by zero", "22012"));
        if (events(version.pedidoId()).stream()
                .anyMatch(event -> event.equals("COMPLETED") || event.equals("REJECTED"))) {
            throw LedgerFault.markedAsLedgers(new SQLException(SECOND_EFFECT, "23505"));
        }
        row.end(status);
        record(version.pedidoId(), "PROCESSING");
        record(version.pedidoId(), status.name());
    }

    boolean lives(String worker) {
        return liveWorkers.contains(worker);
    }

    long now() {
        return nowMillis;
    }

    void record(String pedidoId, String event) {
        events.add(pedidoId + " " + event);
    }

    void keep(List<String> committed) {
        effects.addAll(committed);
    }
}
