package dev.pedidos.shared.ledger;

import dev.pedidos.shared.text.RootLocale;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** The longest wait for a lock, for the rest of a transaction. Other transactions have that of their session. */
public final class LockTimeout {
    private LockTimeout() {}

    public static void set(Handle tx, Duration wait) {
        tx.execute(statement(wait));
    }

    static String statement(Duration wait) {
        return RootLocale.format("set local lock_timeout = %d", wait.toMillis());
    }
}
