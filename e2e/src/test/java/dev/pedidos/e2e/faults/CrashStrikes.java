package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.util.List;

/** A worker dies at the worst moment. */
public final class CrashStrikes {

    private CrashStrikes() {}

    /** A worker is killed before the COMMIT of any pedido that it has received. (Fault 13.) */
    public static void killBeforeCommit(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        var database = system.databaseProxy();
        var doomed = system.workerBehind(database);
        var trap = database.before(Statements.FINISH, doomed::kill);
        witness.send(List.of(api), 4, Mix.of(12, 2));
        trap.awaitSprung();
        system.worker();
    }

    /** A worker is killed after the COMMIT of its pedido, while the receiver's next one is parked. (Fault 13.) */
    public static void killBeforeGoingOn(TestSystem system, Witness witness) throws Exception {
        var pair = Pair.accepted(system, witness);
        var database = system.databaseProxy();
        var doomed = system.workerBehind(database);
        var trap = database.after(Statements.FINISH, doomed::kill);
        pair.next().put(Strike.SHARDS.get(0));
        system.awaitCount("select count(*) from pedidos where parked", 1);
        pair.head().put(Strike.SHARDS.get(0));
        trap.awaitSprung();
        system.worker();
    }

    /** A worker dies after it has recorded a dead letter and before it publishes it. (Fault 27.) */
    public static void killBeforeDeadLetter(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        var database = system.databaseProxy();
        var doomed = system.workerBehind(database);
        var trap = database.after(Statements.DEAD_LETTER, doomed::kill);
        witness.send(
                List.of(api),
                1,
                List.of(
                        Client.simulado("dead", "rcb", "{\"falha_permanente\":true}"),
                        Client.simulado("after", "rcb", "{}")));
        trap.awaitSprung();
        system.worker();
        // As if the worker's time for it had passed.
        system.alter("update pedidos set relay_at = relay_at - interval '10 seconds' where status = 'DEAD_LETTERED'");
    }
}
