package dev.pedidos.shared.ledger;

import java.util.Collection;

/** What every process of the fleet must agree on. */
public final class Fleet {

    private static final String AGREE_SHARDS = Sql.named("agree_shards");

    private final Database database;

    public Fleet(Database database) {
        this.database = database;
    }

    /** The stored number of shards; where none is stored yet, {@code wanted} becomes it. */
    public int agreeOnShards(int wanted) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute(AGREE_SHARDS, wanted);
            return handle.createQuery("select shards from fleet")
                    .mapTo(Integer.class)
                    .one();
        });
    }

    /** Makes tipos known to those who accept pedidos. */
    public void registerTipos(Collection<String> tipos) {
        if (tipos.isEmpty()) {
            return;
        }
        database.jdbi().useHandle(handle -> {
            var batch = handle.prepareBatch("insert into tipos (tipo) values (?) on conflict do nothing");
            tipos.forEach(tipo -> batch.add(tipo));
            batch.execute();
        });
    }
}
