package dev.pedidos.shared.ledger.deadletter;

import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.LedgerFault;
import dev.pedidos.shared.ledger.LockTimeout;
import dev.pedidos.shared.ledger.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Redrives of many dead letters. The selection is made once and stored; then a batch at a time is redriven, at a rate
 * that all instances keep together.
 */
public final class Redrives {

    /** A stored redrive. */
    public record Chosen(UUID id, int selecionados) {}

    /**
     * One pedido of a redrive.
     *
     * @param recebedorId empty if the ledger does not have the pedido any more
     */
    public record Item(int place, String pedidoId, int ciclo, String recebedorId) {}

    /** The result of an attempt to redrive a pedido. */
    public enum ItemResult {
        REDRIVEN,
        /** It is not dead any more. */
        NOTHING_TO_DO,
        /** Another transaction holds its receiver's lock. */
        IN_USE
    }

    /** Some pedidos of one redrive. No items: everything that can be done now is done. */
    public record RedriveBatch(UUID redrive, String por, List<Item> items) {}

    private record Row(UUID redrive, String por, Optional<Item> item) {
        private static Row of(ResultSet row) throws SQLException {
            String pedidoId = row.getString("pedido_id");
            Optional<Item> item = pedidoId == null
                    ? Optional.empty()
                    : Optional.of(new Item(
                            row.getInt("place"), pedidoId, row.getInt("ciclo"), row.getString("recebedor_id")));
            return new Row(row.getObject("id", UUID.class), row.getString("por"), item);
        }
    }

    /** Short, because a client waits: a pedido whose receiver is locked is redriven later. */
    private static final Duration REQUEST_LOCK_WAIT = Duration.ofMillis(20);
    /** Short, because all redrives wait for it. */
    private static final Duration REDRIVE_LOCK_WAIT = Duration.ofMillis(100);

    private static final String CHOOSE = Sql.named("choose_redrive");
    private static final String STORE_ONE = Sql.named("store_redrive");
    private static final String CLAIM = Sql.named("claim_redrive");
    private static final String DONE = Sql.named("redrive_item_done");
    private static final String LATER = Sql.named("redrive_item_later");
    private static final String FINISH = Sql.named("finish_redrive");
    private static final String CANCEL = Sql.named("cancel_redrive");
    private static final String PROGRESS = Sql.named("redrive_progress");
    private static final String LIST = Sql.named("redrives");
    private static final String RUNNING = "select exists (select from redrives where finished is null)";

    /** Redrives of a list, at most. */
    private static final int LISTED = 20;

    /** Dead letters of a redrive, at most: storing more takes longer than a client waits. */
    public static final int MOST = 500_000;

    private final Database database;
    private final int most;

    public Redrives(Database database) {
        this(database, MOST);
    }

    /** @param most the dead letters of one redrive */
    public Redrives(Database database, int most) {
        this.database = database;
        this.most = most;
    }

    /**
     * Empty if it would be more than a redrive may have.
     *
     * @param porSegundo the largest number per second
     */
    public Optional<Chosen> choose(DeadLetterFilter filter, int porSegundo, String por) {
        var id = UUID.randomUUID();
        return database.jdbi().inTransaction(handle -> {
            var query = handle.createQuery(Sql.fill(CHOOSE, Map.of("conditions", DeadLetterConditions.sql(filter))))
                    .bind("id", id)
                    .bind("most", most)
                    .bind("por", por)
                    .bind("por_segundo", porSegundo)
                    .bind("f_motivo", filter.motivo().orElse(null))
                    .bind("f_erro_classe", filter.erroClasse().orElse(null))
                    .bind("f_tipo", filter.tipo().orElse(null))
                    .bind("f_recebedor_id", filter.recebedorId().orElse(null))
                    .bind("f_desde", filter.desde().map(Object::toString).orElse(null))
                    .bind("f_ate", filter.ate().map(Object::toString).orElse(null))
                    .bind("f_pedido_ids", filter.pedidoIds().map(List::size).orElse(null));
            return DeadLetterConditions.bind(query, filter)
                    .mapTo(Integer.class)
                    .findOne()
                    .map(chosen -> new Chosen(id, chosen));
        });
    }

    /**
     * Redrives one pedido. If its receiver's lock is not free, that is stored and done later.
     *
     * @param ciclo in which it must have died
     * @return false if it is not dead, or died in another ciclo
     */
    public boolean redriveOne(String pedidoId, int ciclo, String por) {
        try {
            return database.jdbi().inTransaction(handle -> {
                LockTimeout.set(handle, REQUEST_LOCK_WAIT);
                return DeadLetters.redrive(handle, pedidoId, OptionalInt.of(ciclo), por) == DeadLetters.MoveResult.DONE;
            });
        } catch (RuntimeException e) {
            if (!LedgerFault.isLockTimeout(e)) {
                throw e;
            }
            database.jdbi()
                    .useHandle(handle -> handle.createUpdate(STORE_ONE)
                            .bind("id", UUID.randomUUID())
                            .bind("por", por)
                            .bind("pedido_id", pedidoId)
                            .bind("ciclo", ciclo)
                            .execute());
            return true;
        }
    }

    /** The progress as JSON; empty if there is no such redrive. */
    public Optional<String> progress(UUID id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(PROGRESS)
                        .bind(0, id)
                        .mapTo(String.class)
                        .findOne());
    }

    /** The redrives that run and the newest ones, as JSON. */
    public String list() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(LIST)
                        .bind(0, LISTED)
                        .mapTo(String.class)
                        .one());
    }

    /**
     * Ends a redrive; the pedidos of the batch in hand may still be redriven.
     *
     * @param por the operator
     * @return false if it does not run
     */
    public boolean cancel(UUID id, String por) {
        return database.jdbi().withHandle(handle -> handle.execute(CANCEL, por, id)) > 0;
    }

    /** Claims the next few; empty if no redrive is due. */
    public Optional<RedriveBatch> claim() {
        return database.jdbi().withHandle(handle -> {
            List<Row> rows =
                    handle.createQuery(CLAIM).map((row, context) -> Row.of(row)).list();
            return rows.stream()
                    .findFirst()
                    .map(first -> new RedriveBatch(
                            first.redrive(),
                            first.por(),
                            rows.stream().flatMap(row -> row.item().stream()).toList()));
        });
    }

    /**
     * Redrives one pedido and records that it is done, in one transaction. If its receiver is in use, nothing is recorded.
     */
    public ItemResult redrive(RedriveBatch batch, Item item) {
        try {
            return database.jdbi().inTransaction(handle -> {
                LockTimeout.set(handle, REDRIVE_LOCK_WAIT);
                var result = DeadLetters.redrive(handle, item.pedidoId(), OptionalInt.of(item.ciclo()), batch.por());
                handle.execute(DONE, batch.redrive(), item.place());
                return result == DeadLetters.MoveResult.DONE ? ItemResult.REDRIVEN : ItemResult.NOTHING_TO_DO;
            });
        } catch (RuntimeException e) {
            if (!LedgerFault.isLockTimeout(e)) {
                throw e;
            }
            return ItemResult.IN_USE;
        }
    }

    /** They are claimed again in some seconds, after those that were never put off. */
    public void putOff(RedriveBatch batch, List<Item> items) {
        Integer[] places = items.stream().map(Item::place).toArray(Integer[]::new);
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(LATER)
                        .bind(0, batch.redrive())
                        .bindArray(1, Integer.class, (Object[]) places)
                        .execute());
    }

    /** Records the end of a redrive that has no pedido left. */
    public boolean finishIfDone(UUID id) {
        return database.jdbi().withHandle(handle -> handle.execute(FINISH, id)) > 0;
    }

    public boolean anyRunning() {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(RUNNING).mapTo(Boolean.class).one());
    }
}
