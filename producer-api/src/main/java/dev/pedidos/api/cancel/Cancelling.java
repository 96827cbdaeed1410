package dev.pedidos.api.cancel;

import dev.pedidos.api.acceptance.Acceptance;
import dev.pedidos.api.acceptance.Acceptor;
import dev.pedidos.api.http.Bulkhead;
import dev.pedidos.shared.ledger.LedgerFaultLog;
import dev.pedidos.shared.ledger.PedidoStatus;
import dev.pedidos.shared.ledger.cancel.CancelLook;
import dev.pedidos.shared.ledger.cancel.Cancellations;
import dev.pedidos.shared.message.Cancelamento;
import dev.pedidos.shared.message.Pedido;
import dev.pedidos.shared.message.ReservedTipos;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Cancels a pedido in three steps. A look tells in whose line the cancellation belongs. Then the cancellation is accepted as any
 * pedido is, in either store. Only then is the pedido looked at again: a worker that had its turn before did not know of the
 * cancellation; a worker that has its turn later knows of it. While the database is down the cancellation has a line of its own.
 */
final class Cancelling {
    private static final LedgerFaultLog FAULTS = new LedgerFaultLog(LoggerFactory.getLogger(Cancelling.class));

    private static final Set<PedidoStatus> ENDED =
            Set.of(PedidoStatus.COMPLETED, PedidoStatus.REJECTED, PedidoStatus.DISCARDED);

    private static final CompletableFuture<Cancelled> NOT_CANCELLABLE =
            CompletableFuture.completedFuture(new Cancelled.NotCancellable());

    private final Cancellations cancellations;
    private final BooleanSupplier ledgerUp;
    private final Acceptor acceptor;
    private final Bulkhead bulkhead;

    Cancelling(Cancellations cancellations, BooleanSupplier ledgerUp, Acceptor acceptor, Bulkhead bulkhead) {
        this.cancellations = cancellations;
        this.ledgerUp = ledgerUp;
        this.acceptor = acceptor;
        this.bulkhead = bulkhead;
    }

    CompletableFuture<Cancelled> cancel(Cancelamento cancelamento) {
        return firstLook(cancelamento)
                .thenCompose(found -> found.flatMap(Cancelling::answerAlreadyKnown)
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> keepIfCancellable(cancelamento, found)));
    }

    /** Empty if the ledger does not know the pedido, or cannot be asked. */
    private CompletableFuture<Optional<CancelLook>> firstLook(Cancelamento cancelamento) {
        return ledgerUp.getAsBoolean()
                ? bulkhead.run(() -> cancellations.look(cancelamento)).exceptionally(Cancelling::unseen)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /** A frozen database: the broker may still take the cancellation. */
    private static Optional<CancelLook> unseen(Throwable failure) {
        FAULTS.warn(
                "the pedido to cancel cannot be read: its cancellation is still accepted, not in the pedido's own line",
                failure);
        return Optional.empty();
    }

    private static Optional<Cancelled> answerAlreadyKnown(CancelLook look) {
        // Its undoing was refused or discarded, or it was forgotten before its pedido came. There is no second one.
        boolean ended = look.cancelamento().filter(ENDED::contains).isPresent();
        return switch (look.status()) {
            case REJECTED, DISCARDED, CANCELLED -> Optional.of(new Cancelled.Ended());
            case COMPLETED ->
                look.undoable() && !ended ? Optional.empty() : Optional.of(new Cancelled.NotCancellable());
            case PENDING, PROCESSING, RETRYING, DEAD_LETTERED ->
                Cancelamento.NEVER.contains(look.tipo())
                        ? Optional.of(new Cancelled.NotCancellable())
                        : Optional.empty();
        };
    }

    private CompletableFuture<Cancelled> keepIfCancellable(Cancelamento cancelamento, Optional<CancelLook> found) {
        boolean never = found.isEmpty() && ReservedTipos.anyMakes(Cancelamento.NEVER, cancelamento.alvo());
        return never ? NOT_CANCELLABLE : keep(cancelamento, found);
    }

    private CompletableFuture<Cancelled> keep(Cancelamento cancelamento, Optional<CancelLook> found) {
        // A dead letter may hold its receiver's line, and its own cancellation there.
        Pedido pedido = found.filter(look -> look.status() != PedidoStatus.DEAD_LETTERED)
                .map(look -> cancelamento.inLineOf(look.recebedorId()))
                .orElseGet(cancelamento::inOwnLine);
        return acceptor.accept(pedido).thenCompose(acceptance -> switch (acceptance) {
            case Acceptance.Accepted kept -> lookAgain(cancelamento, found);
            case Acceptance.Replayed kept -> lookAgain(cancelamento, found);
            case Acceptance.Conflicting known -> lookAgainIfKept(cancelamento, found);
            case Acceptance.NotKept why -> notKept(why);
        });
    }

    /** Another motivo, or another line: the first cancellation counts. But its id may be that of another pedido. */
    private CompletableFuture<Cancelled> lookAgainIfKept(Cancelamento cancelamento, Optional<CancelLook> found) {
        return bulkhead.run(() -> cancellations.isIdTaken(cancelamento))
                .thenCompose(taken -> taken ? notKept(new Acceptance.Refused()) : lookAgain(cancelamento, found));
    }

    private static CompletableFuture<Cancelled> notKept(Acceptance.NotKept why) {
        return CompletableFuture.completedFuture(new Cancelled.NotKept(why));
    }

    /** It is kept: nothing that fails from now on takes it back. */
    private CompletableFuture<Cancelled> lookAgain(Cancelamento cancelamento, Optional<CancelLook> found) {
        if (!ledgerUp.getAsBoolean()) {
            return CompletableFuture.completedFuture(byFirstLook(found));
        }
        CompletableFuture<Cancelled> answer;
        try {
            answer = bulkhead.run(() -> secondLook(cancelamento, found));
        } catch (RuntimeException tooManyWait) {
            answer = CompletableFuture.failedFuture(tooManyWait);
        }
        return answer.exceptionally(failure -> {
            FAULTS.warn("a cancellation is kept, but its pedido cannot be looked at again now", failure);
            return byFirstLook(found);
        });
    }

    /** The pedido cannot be looked at again: the first look counts, unless the pedido may escape. */
    private static Cancelled byFirstLook(Optional<CancelLook> found) {
        return found.filter(Cancelling::mayEscape).isPresent()
                ? new Cancelled.NotKept(new Acceptance.Unavailable())
                : new Cancelled.Kept(found.map(CancelLook::shown));
    }

    private Cancelled secondLook(Cancelamento cancelamento, Optional<CancelLook> found) {
        return cancellations
                .look(cancelamento)
                .map(look -> underLock(cancelamento, look))
                .map(look -> result(look, found))
                .orElseGet(() -> new Cancelled.Kept(found.map(CancelLook::shown)));
    }

    /**
     * The second look tells whether it is too late, how a dead letter ended, and all if the first one found nothing. Else the answer
     * has the state in which the request found the pedido: a worker may be faster than this look.
     */
    private static Cancelled result(CancelLook look, Optional<CancelLook> found) {
        Cancelled now = answerAlreadyKnown(look).orElseGet(() -> new Cancelled.Kept(Optional.of(look.shown())));
        boolean wasAlive = found.filter(before -> before.status() != PedidoStatus.DEAD_LETTERED)
                .isPresent();
        return wasAlive && !(now instanceof Cancelled.NotCancellable)
                ? new Cancelled.Kept(found.map(CancelLook::shown))
                : now;
    }

    private CancelLook underLock(Cancelamento cancelamento, CancelLook look) {
        boolean waits = look.status() == PedidoStatus.RETRYING || look.status() == PedidoStatus.DEAD_LETTERED;
        return waits || mayEscape(look)
                ? cancellations.applyNow(cancelamento).map(look::in).orElse(look)
                : look;
    }

    /**
     * An unfinished one that nothing can undo. Perhaps it takes effect at this moment, in a turn that did not know of the cancellation:
     * only the holder of its receiver's lock knows.
     */
    private static boolean mayEscape(CancelLook look) {
        return look.status().unfinished() && !look.undoable();
    }
}
