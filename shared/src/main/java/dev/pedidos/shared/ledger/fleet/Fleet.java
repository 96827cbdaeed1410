package dev.pedidos.shared.ledger.fleet;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.Sql;
import dev.pedidos.shared.topology.LedgerId;
import org.jdbi.v3.core.JdbiException;

/** Everything that all processes of a fleet must agree on. */
public final class Fleet {

    private static final String AGREE_SHARDS = Sql.named("agree_shards");

    private static final String HOME = Sql.named("ledger_home");

    private final Database database;

    public Fleet(Database database) {
        this.database = database;
    }

    /** Returns the stored number of shards. If none is stored yet, stores {@code wanted}. */
    public int agreeOnShards(int wanted) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute(AGREE_SHARDS, wanted);
            return handle.createQuery("select shards from fleet")
                    .mapTo(Integer.class)
                    .one();
        });
    }

    /** The name of this ledger. It exists once the first program has agreed on the shards. */
    public LedgerId ledger() {
        String id = database.jdbi()
                .withHandle(handle -> handle.createQuery("select ledger::text from fleet")
                        .mapTo(String.class)
                        .one());
        return new LedgerId(id, home());
    }

    private String home() {
        try {
            return database.jdbi()
                    .withHandle(handle ->
                            handle.createQuery(HOME).mapTo(String.class).one());
        } catch (JdbiException e) {
            if (!LedgerFault.isMissingRight(e)) {
                throw e;
            }
            return "";
        }
    }
}
