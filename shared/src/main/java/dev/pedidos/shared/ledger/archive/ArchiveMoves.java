package dev.pedidos.shared.ledger.archive;

import dev.pedidos.shared.ledger.FaultText;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LedgerFault.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves pedidos to the archive, as many at once as can be moved in a short time. A pedido may have thousands of events, so some
 * batches are heavier than others by far: after one that takes too long the next one is half as large.
 */
public final class ArchiveMoves {

    /**
     * How long one move may take.
     *
     * @param several for several pedidos: beyond it, half as many are tried
     * @param one for a pedido alone: beyond it, that pedido is skipped
     */
    public record Limits(Duration several, Duration one) {}

    /** Pedidos of one move, at most. Moving so many takes a few hundredths of a second. */
    static final int LARGEST = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveMoves.class);
    private static final String MOVE = "select archive_pedidos(:ids)";
    private static final String LIMIT = "select set_config('statement_timeout', ?, false)";
    /** Failures that the pedidos themselves may cause. After any other, nothing can be moved now. */
    private static final Set<Kind> OF_PEDIDOS = Set.of(Kind.CANCELLED, Kind.CONTENTION, Kind.CONTENT, Kind.OTHER);

    private static final Duration NETWORK_BEYOND_LIMIT = Duration.ofSeconds(15);
    private static final Executor AT_ONCE = Runnable::run;

    private final Handle session;
    private final Limits limits;
    private int most = LARGEST;

    ArchiveMoves(Handle session, Limits limits) {
        this.session = session;
        this.limits = limits;
    }

    void begin() {
        limitStatements(limits.several());
    }

    /** How many pedidos are to be tried next. */
    int most() {
        return most;
    }

    /** @return how many were moved; empty if it failed, and fewer are to be tried */
    OptionalInt tryMove(List<String> ids) {
        if (ids.isEmpty()) {
            return OptionalInt.of(0);
        }
        long began = System.nanoTime();
        OptionalInt moved = ids.size() == 1 ? OptionalInt.of(alone(ids)) : together(ids);
        if (moved.isPresent()
                && System.nanoTime() - began < limits.several().dividedBy(4).toNanos()) {
            most = Math.min(LARGEST, most * 2);
        }
        return moved;
    }

    private OptionalInt together(List<String> ids) {
        try {
            return OptionalInt.of(move(ids));
        } catch (JdbiException e) {
            requireOfPedidos(e);
            most = Math.max(1, ids.size() / 2);
            LOG.info(
                    "{} final pedidos could not be archived with one commit: {} are tried ({})",
                    ids.size(),
                    most,
                    FaultText.describe(e));
            return OptionalInt.empty();
        }
    }

    private int alone(List<String> id) {
        try {
            return patiently(id);
        } catch (JdbiException e) {
            requireOfPedidos(e);
            LOG.atWarn()
                    .addKeyValue("pedido_id", id.getFirst())
                    .log(
                            "the pedido could not be archived, it stays where it is; tried again in the next pass ({})",
                            FaultText.describe(e));
            return 0;
        }
    }

    private int patiently(List<String> id) {
        try {
            Connection connection = session.getConnection();
            int before = connection.getNetworkTimeout();
            connection.setNetworkTimeout(
                    AT_ONCE, (int) limits.one().plus(NETWORK_BEYOND_LIMIT).toMillis());
            limitStatements(limits.one());
            try {
                return move(id);
            } finally {
                if (!connection.isClosed()) {
                    limitStatements(limits.several());
                    connection.setNetworkTimeout(AT_ONCE, before);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the session is lost", e);
        }
    }

    private int move(List<String> ids) {
        return session.createQuery(MOVE)
                .bindArray("ids", String.class, ids)
                .mapTo(Integer.class)
                .one();
    }

    private void limitStatements(Duration limit) {
        session.createQuery(LIMIT)
                .bind(0, limit.toMillis() + "ms")
                .mapTo(String.class)
                .one();
    }

    private static void requireOfPedidos(JdbiException failure) {
        boolean ofPedidos = failure.getCause() instanceof SQLException cause
                && !LedgerFault.endsSession(cause)
                && LedgerFault.kindOf(failure).filter(OF_PEDIDOS::contains).isPresent();
        if (!ofPedidos) {
            throw failure;
        }
    }
}
