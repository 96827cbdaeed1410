package dev.pedidos.shared.ledger;

import dev.pedidos.shared.ledger.LedgerFault.Kind;
import java.util.Set;

/** The database answers, but cannot be used as it is. Waiting does not help, unless {@link #mayPass}. */
public final class DatabaseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Set<Kind> PASSING = Set.of(Kind.LOGIN, Kind.CONTENTION, Kind.CANCELLED);

    public DatabaseRefused(String what) {
        super(what);
    }

    public DatabaseRefused(String what, Throwable cause) {
        super(what, cause);
    }

    /**
     * The login is refused, as after a change of the password or during a failover; the database does not exist yet; or another
     * session is in the way: waiting may help.
     */
    public boolean mayPass() {
        return LedgerFault.kindOf(this).filter(PASSING::contains).isPresent();
    }
}
