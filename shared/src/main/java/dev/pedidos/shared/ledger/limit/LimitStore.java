package dev.pedidos.shared.ledger.limit;

import dev.pedidos.shared.config.CallRate;
import dev.pedidos.shared.ledger.Database;
import dev.pedidos.shared.ledger.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Stores the limits of the workers' settings, and gives those that hold for the fleet. */
public record LimitStore(Database database) {

    private static final String STORE = Sql.named("limits_store");
    private static final String IN_FORCE = Sql.named("limits_in_force");
    private static final String FORGET = Sql.named("limits_forget");
    private static final String SLOTS = Sql.named("limit_slots");
    private static final String RESET = Sql.named("limit_slots_reset");

    /**
     * Stores this worker's setting, and reads what holds for the fleet: of each dependency one limit that keeps to those of all
     * living workers.
     *
     * @param worker its name
     */
    public List<Limit> agree(String worker, Map<String, CallRate> own) {
        return database.jdbi().inTransaction(handle -> {
            if (!own.isEmpty()) {
                store(handle, worker, own);
            }
            return inForce(handle);
        });
    }

    private static void store(Handle handle, String worker, Map<String, CallRate> own) {
        var rates = List.copyOf(own.entrySet());
        handle.createUpdate(STORE)
                .bind("worker", worker)
                .bindArray(
                        "dependencias",
                        String.class,
                        rates.stream().map(Map.Entry::getKey).toList())
                .bindArray(
                        "chamadas",
                        Integer.class,
                        rates.stream().map(each -> each.getValue().calls()).toList())
                .bindArray(
                        "janelas_ms",
                        Long.class,
                        rates.stream()
                                .map(each -> each.getValue().window().toMillis())
                                .toList())
                .execute();
    }

    private static List<Limit> inForce(Handle handle) {
        return handle.createQuery(IN_FORCE)
                .map((row, context) -> new Limit(
                        row.getString("dependencia"),
                        new CallRate(row.getInt("chamadas"), Duration.ofMillis(row.getLong("janela_ms")))))
                .list();
    }

    /** Forgets the settings of workers that are gone. */
    public void forget() {
        database.jdbi().useHandle(handle -> handle.execute(FORGET));
    }

    /** Gives a limit the slots that it does not have yet. */
    public void makeSlots(Limit limit) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(SLOTS)
                        .bind("dependencia", limit.dependency())
                        .bind("calls", limit.rate().calls())
                        .execute());
    }

    /** Frees slots in time that were taken before the database's clock was put back. */
    public void resetSlots(Limit limit) {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(RESET)
                        .bind("dependencia", limit.dependency())
                        .bind("cycle", limit.cycleSeconds(Limit.LATEST))
                        .bind("ahead", Limit.aheadSeconds())
                        .execute());
    }
}
