package dev.pedidos.shared.ledger.read;

import dev.pedidos.shared.ledger.Database;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Reads a page in a transaction, by an index only. Each statement is planned once for all sizes of a table: a plan
 * that was made while the table was small must not scan it after it has grown. In a transaction the driver fetches a
 * few rows at a time.
 */
public final class PageRead {
    /** Small, because measuring a pedido of an older version may take a tenth of a second. */
    public static final int FETCH = 10;

    private static final String BY_INDEX = "set local enable_seqscan = off";

    private PageRead() {}

    public static <T> T of(Database database, Function<Handle, T> read) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute(BY_INDEX);
            return read.apply(handle);
        });
    }
}
