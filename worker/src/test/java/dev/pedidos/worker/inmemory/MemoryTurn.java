package dev.pedidos.worker.inmemory;

import dev.pedidos.shared.config.OnDeadLetter;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.turn.AttemptUse;
import dev.pedidos.shared.ledger.turn.Failure;
import dev.pedidos.shared.ledger.turn.FinalState;
import dev.pedidos.shared.ledger.turn.Head;
import dev.pedidos.shared.ledger.turn.PedidoState;
import dev.pedidos.shared.ledger.turn.Turn;
import dev.pedidos.shared.message.Death;
import dev.pedidos.shared.message.Version;
import dev.pedidos.worker.inmemory.MemoryLedger.Statement;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** A turn of a {@link MemoryLedger}. Each statement that ends a turn commits at once, so only effects are rolled back. */
final class MemoryTurn implements Turn {

    private static final Jdbi NO_DATABASE = Jdbi.create(MemoryTurn::noConnection);

    final List<String> effects = new ArrayList<>();
    private final MemoryLedger ledger;
    private @Nullable Semaphore held;

    MemoryTurn(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** Handlers of tests record their effects with {@link MemoryLedger#effect}. */
    private static Connection noConnection() {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? (Object) false : null);
    }

    static Handle noDatabase() {
        return NO_DATABASE.open();
    }

    @Override
    public Handle handle() {
        return noDatabase();
    }

    @Override
    public Optional<PedidoState> enter(String recebedorId, String pedidoId) throws SQLException {
        ledger.reach(Statement.ENTER);
        lock(recebedorId);
        synchronized (ledger) {
            return ledger.find(pedidoId).map(ledger::state);
        }
    }

    @Override
    public Optional<Head> enterHead(String recebedorId) throws SQLException {
        ledger.reach(Statement.ENTER_HEAD);
        lock(recebedorId);
        synchronized (ledger) {
            return ledger.headOf(recebedorId).map(MemoryRow::asHead);
        }
    }

    private void lock(String recebedorId) throws SQLException {
        if (held == null) {
            held = ledger.locks.take(recebedorId);
        }
    }

    @Override
    public void markBegun(Version version, String worker) throws SQLException {
        ledger.reach(Statement.MARK_BEGUN);
        synchronized (ledger) {
            ledger.find(version.pedidoId()).filter(row -> row.isAt(version)).ifPresent(row -> row.begun = worker);
        }
        commit();
    }

    @Override
    public boolean finish(FinalState finished) throws SQLException {
        ledger.reach(Statement.FINISH);
        boolean parkedBehind;
        synchronized (ledger) {
            ledger.finish(finished.version(), finished.status());
            ledger.keep(effects);
            parkedBehind = ledger.isParkedBehind(finished.version().pedidoId(), finished.recebedorId());
        }
        commit();
        return parkedBehind;
    }

    @Override
    public boolean cancel(Version version, String recebedorId) throws SQLException {
        ledger.reach(Statement.CANCEL);
        boolean parkedBehind;
        synchronized (ledger) {
            var row = ledger.find(version.pedidoId())
                    .filter(one -> one.isAt(version))
                    .orElseThrow(() -> new SQLException("division by zero", "22012"));
            row.end(PedidoStatus.REJECTED);
            row.tentativas--;
            ledger.record(version.pedidoId(), "REJECTED");
            parkedBehind = ledger.isParkedBehind(version.pedidoId(), recebedorId);
        }
        commit();
        return parkedBehind;
    }

    @Override
    public void park(String pedidoId) throws SQLException {
        ledger.reach(Statement.PARK);
        synchronized (ledger) {
            ledger.find(pedidoId).filter(row -> row.status.unfinished()).ifPresent(row -> {
                row.parked = true;
                row.published = true;
                if (row.begun != null && ledger.lives(row.begun)) {
                    row.begun = null;
                }
            });
        }
        commit();
    }

    @Override
    public Optional<Version> retry(Version version, AttemptUse use, Duration delay, Failure failure)
            throws SQLException {
        ledger.reach(Statement.RETRY);
        return schedule(version, delay, row -> {
            row.tentativas += use.attempts();
            row.erroMensagem = use.attempts() > 0 ? failure.erroMensagem() : row.erroMensagem;
            row.published = false;
        });
    }

    @Override
    public Optional<Version> awaitSlot(Version version, String dependency, boolean suspect) throws SQLException {
        ledger.reach(Statement.AWAIT_SLOT);
        return schedule(version, Duration.ZERO, row -> row.published = true);
    }

    /** @return empty if the pedido has changed */
    private Optional<Version> schedule(Version version, Duration delay, Consumer<MemoryRow> change)
            throws SQLException {
        Optional<Version> next;
        synchronized (ledger) {
            next = ledger.find(version.pedidoId())
                    .filter(row -> row.isAt(version))
                    .map(row -> {
                        row.schedule(ledger.now(), delay);
                        change.accept(row);
                        ledger.record(version.pedidoId(), "PROCESSING");
                        ledger.record(version.pedidoId(), "RETRY_SCHEDULED");
                        return row.version();
                    });
        }
        commit();
        return next;
    }

    @Override
    public void dueNow(Version version) throws SQLException {
        ledger.reach(Statement.DUE_NOW);
        synchronized (ledger) {
            ledger.find(version.pedidoId())
                    .filter(row -> row.isAt(version) && row.status == PedidoStatus.RETRYING)
                    .ifPresent(row -> {
                        row.dueAtMillis = ledger.now();
                        row.changedAtMillis = ledger.now();
                        ledger.record(version.pedidoId(), "RETRY_SCHEDULED");
                    });
        }
        commit();
    }

    @Override
    public void leaveToRelay(Version version) throws SQLException {
        ledger.reach(Statement.LEAVE_TO_RELAY);
        synchronized (ledger) {
            ledger.find(version.pedidoId())
                    .filter(row -> row.isAt(version) && row.status == PedidoStatus.RETRYING)
                    .ifPresent(row -> row.published = true);
        }
        commit();
    }

    @Override
    public Optional<Death> deadLetter(Version version, String motivo, Failure failure, OnDeadLetter onDeadLetter)
            throws SQLException {
        ledger.reach(Statement.DEAD_LETTER);
        Optional<Death> death;
        synchronized (ledger) {
            death = ledger.find(version.pedidoId())
                    .filter(row -> row.isAt(version))
                    .map(row -> {
                        row.end(PedidoStatus.DEAD_LETTERED);
                        row.erroMensagem = failure.erroMensagem();
                        row.held = onDeadLetter == OnDeadLetter.HOLD;
                        row.published = false;
                        ledger.record(version.pedidoId(), "PROCESSING");
                        ledger.record(version.pedidoId(), "DEAD_LETTERED");
                        return new Death(motivo, failure.erroClasse(), row.tentativas, "first", "last");
                    });
        }
        commit();
        return death;
    }

    @Override
    public void conflict(String pedidoId, byte[] refusedHash) throws SQLException {
        ledger.reach(Statement.CONFLICT);
        synchronized (ledger) {
            String event = "CONFLICT " + HexFormat.of().formatHex(refusedHash);
            if (!ledger.events(pedidoId).contains(event)) {
                ledger.record(pedidoId, event);
            }
        }
        commit();
    }

    @Override
    public void adoptEffect(String pedidoId) throws SQLException {
        ledger.reach(Statement.ADOPT_EFFECT);
        synchronized (ledger) {
            ledger.find(pedidoId)
                    .filter(row -> row.status.unfinished())
                    .ifPresent(row -> ledger.events(pedidoId).stream()
                            .filter(event -> event.equals("COMPLETED") || event.equals("REJECTED"))
                            .findFirst()
                            .ifPresent(event -> row.end(PedidoStatus.valueOf(event))));
        }
        commit();
    }

    @Override
    public void cancelStatement() {
        // Statements in memory take no time.
    }

    private void commit() {
        effects.clear();
        release();
    }

    private void release() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    @Override
    public void close() {
        effects.clear();
        release();
    }
}
