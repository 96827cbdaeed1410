package dev.pedidos.shared.ledger;

/**
 * A session whose statements may take hours, such as that of a migration. Limits that a role or a database has for every session
 * would end it halfway, each time again.
 */
public final class LongSession {

    /** Its first statement. Not every version of PostgreSQL has all of these settings. */
    public static final String SETTINGS = "select set_config(name, '0', false) from pg_settings"
            + " where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout',"
            + " 'idle_in_transaction_session_timeout', 'idle_session_timeout')";

    private LongSession() {}
}
