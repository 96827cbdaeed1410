package dev.pedidos.shared.ledger;

/** The database answers, but cannot be used as it is. Waiting does not help, unless it is the login. */
public final class DatabaseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseRefused(String what) {
        super(what);
    }

    public DatabaseRefused(String what, Throwable cause) {
        super(what, cause);
    }

    /** The login is refused, as after a change of the password or during a failover: waiting may help. */
    public boolean isLogin() {
        return LedgerFault.kindOf(this)
                .filter(kind -> kind == LedgerFault.Kind.LOGIN)
                .isPresent();
    }
}
