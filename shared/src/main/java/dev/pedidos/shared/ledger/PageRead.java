package dev.pedidos.shared.ledger;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * A transaction that reads a page. Only by an index: each statement is planned once for all sizes of a table, and one planned
 * while it was small must not read it whole when it has grown. In a transaction the driver fetches a few rows at a time.
 */
public final class PageRead {
    /** A few: measuring one that an older version noted may take a tenth of a second. */
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
