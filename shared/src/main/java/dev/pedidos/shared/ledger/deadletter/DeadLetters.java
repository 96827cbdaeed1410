package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The operators' moves on dead letters and held receivers. Each call is one transaction under the receiver's lock, and
 * records the operator.
 */
public final class DeadLetters {

    /** The result of a move. */
    public enum MoveResult {
        DONE,
        /** The pedido is known, but is not dead or holds no receiver: nothing was done. */
        NOT_DEAD_LETTERED,
        UNKNOWN
    }

    /** How a held receiver goes on. */
    public enum Release {
        /** Redrive the dead letter at its head, in its place. */
        RETRY_HEAD("retry_head"),
        /** Go on without the dead letter at its head. */
        SKIP_HEAD("skip_head"),
        /** Go on without all dead letters that hold it. */
        RELEASE_ALL("release_all");

        private final String text;

        Release(String text) {
            this.text = text;
        }

        /** The contract's name. */
        public String text() {
            return text;
        }

        public static Optional<Release> of(String text) {
            return Stream.of(values())
                    .filter(release -> release.text.equals(text))
                    .findFirst();
        }
    }

    private static final String RECEIVER = "select recebedor_id from pedidos where pedido_id = ?";
    /** An archived pedido is final: it is no dead letter. */
    private static final String ARCHIVED = "select exists (select from arquivados where pedido_id = ?)";

    private static final String KNOWN = "select exists (select from pedidos where recebedor_id = :recebedor_id)"
            + " or exists (select from pedidos_arquivados where recebedor_id = :recebedor_id)";
    private static final String LOCK = Sql.named("lock");
    private static final String LOCK_LINE = Sql.named("lock_line");
    private static final String REDRIVE = Sql.named("redrive");
    private static final String DISCARD = Sql.named("discard");
    private static final String RELEASE = Sql.named("release");
    private static final String HELD_HEAD = Sql.named("held_head");
    private static final String WAKE = Sql.named("wake");

    private final Database database;

    public DeadLetters(Database database) {
        this.database = database;
    }

    /**
     * Returns a pedido to work, in its old place.
     *
     * @param ciclo in which it must have died; empty: any
     * @param por the operator
     */
    public MoveResult redrive(String pedidoId, OptionalInt ciclo, String por) {
        return database.jdbi().inTransaction(handle -> redrive(handle, pedidoId, ciclo, por));
    }

    static MoveResult redrive(Handle handle, String pedidoId, OptionalInt ciclo, String por) {
        var recebedorId = receiverOf(handle, pedidoId);
        if (recebedorId.isEmpty()) {
            return withoutRow(handle, pedidoId);
        }
        handle.execute(LOCK, recebedorId.get());
        return redriveLocked(handle, pedidoId, ciclo, por) ? MoveResult.DONE : MoveResult.NOT_DEAD_LETTERED;
    }

    /** Gives a dead letter up for good; if it held its receiver, the receiver goes on. */
    public MoveResult discard(String pedidoId, String motivo, String por) {
        return database.jdbi().inTransaction(handle -> discard(handle, pedidoId, motivo, por));
    }

    /** As {@link #discard(String, String, String)}, in a transaction. */
    public static MoveResult discard(Handle handle, String pedidoId, String motivo, String por) {
        var recebedorId = receiverOf(handle, pedidoId);
        if (recebedorId.isEmpty()) {
            return withoutRow(handle, pedidoId);
        }
        lockLine(handle, recebedorId.get(), pedidoId);
        boolean discarded = handle.createQuery(DISCARD)
                .bind(0, pedidoId)
                .bind(1, motivo)
                .bind(2, por)
                .mapTo(String.class)
                .findOne()
                .isPresent();
        if (discarded) {
            handle.execute(WAKE, recebedorId.get());
        }
        return discarded ? MoveResult.DONE : MoveResult.NOT_DEAD_LETTERED;
    }

    /** Lets a held receiver go on. */
    public MoveResult release(String recebedorId, Release release, String por) {
        return database.jdbi().inTransaction(handle -> {
            lockLine(handle, recebedorId, null);
            boolean released = switch (release) {
                case RETRY_HEAD -> retryHead(handle, recebedorId, por);
                case SKIP_HEAD, RELEASE_ALL -> withoutDead(handle, recebedorId, release, por);
            };
            if (released) {
                handle.execute(WAKE, recebedorId);
                return MoveResult.DONE;
            }
            boolean known = handle.createQuery(KNOWN)
                    .bind("recebedor_id", recebedorId)
                    .mapTo(Boolean.class)
                    .one();
            return known ? MoveResult.NOT_DEAD_LETTERED : MoveResult.UNKNOWN;
        });
    }

    private static boolean retryHead(Handle handle, String recebedorId, String por) {
        return handle.createQuery(HELD_HEAD)
                .bind(0, recebedorId)
                .mapTo(String.class)
                .findOne()
                .map(head -> redriveLocked(handle, head, OptionalInt.empty(), por))
                .orElse(false);
    }

    private static boolean withoutDead(Handle handle, String recebedorId, Release release, String por) {
        return !handle.createQuery(RELEASE)
                .bind(0, recebedorId)
                .bind(1, release.text())
                .bind(2, por)
                .mapTo(String.class)
                .list()
                .isEmpty();
    }

    private static MoveResult withoutRow(Handle handle, String pedidoId) {
        boolean archived = handle.createQuery(ARCHIVED)
                .bind(0, pedidoId)
                .mapTo(Boolean.class)
                .one();
        return archived ? MoveResult.NOT_DEAD_LETTERED : MoveResult.UNKNOWN;
    }

    private static Optional<String> receiverOf(Handle handle, String pedidoId) {
        return handle.createQuery(RECEIVER)
                .bind(0, pedidoId)
                .mapTo(String.class)
                .findOne();
    }

    private static void lockLine(Handle handle, String recebedorId, @Nullable String pedidoId) {
        handle.execute(LOCK, recebedorId);
        handle.createQuery(LOCK_LINE)
                .bind(0, pedidoId)
                .bind(1, recebedorId)
                .bind(2, recebedorId)
                .mapTo(String.class)
                .list();
    }

    private static boolean redriveLocked(Handle handle, String pedidoId, OptionalInt ciclo, String por) {
        return handle.createQuery(REDRIVE)
                .bind(0, pedidoId)
                .bind(1, ciclo)
                .bind(2, por)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }
}
