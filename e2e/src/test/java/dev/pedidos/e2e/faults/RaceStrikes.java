package dev.pedidos.e2e.faults;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Two threads handle pedidos of one receiver at once. */
public final class RaceStrikes {

    private static final String COMPLETED = "select count(*) from pedidos where status = 'COMPLETED'";
    private static final String WAITING_FOR_A_TURN = TestSystem.WAITS + " and wait_event = 'advisory'";
    /** Shorter than the database's bound for an idle transaction. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(15);

    private RaceStrikes() {}

    /** A pedido is parked at the moment when another thread finishes the head. (Fault 22.) */
    public static void finishWhileParking(TestSystem system, Witness witness) throws Exception {
        var pair = Pair.accepted(system, witness);
        var database = system.databaseProxy();
        system.workerBehind(database);
        var trap = database.hold(Statements.PARK, () -> {
            pair.head().put(Strike.SHARDS.get(1));
            awaitHeld(
                    "the head is finished, or cannot be",
                    () -> system.count(COMPLETED) == 1 || system.count(WAITING_FOR_A_TURN) > 0);
        });
        pair.next().put(Strike.SHARDS.get(0));
        trap.awaitSprung();
    }

    /** A pedido waits for its receiver's lock while another thread finishes the head. (Fault 22.) */
    public static void finishWhileEntering(TestSystem system, Witness witness) throws Exception {
        var pair = Pair.accepted(system, witness);
        var database = system.databaseProxy();
        system.workerBehind(database);
        var trap = database.hold(Statements.FINISH, () -> {
            pair.next().put(Strike.SHARDS.get(1));
            awaitHeld("it waits", () -> system.count(WAITING_FOR_A_TURN) > 0);
        });
        pair.head().put(Strike.SHARDS.get(0));
        trap.awaitSprung();
    }

    /** An attempt fails, and another thread finishes the pedido before the failure is recorded. (Fault 22.) */
    public static void finishWhileFailing(TestSystem system, Witness witness) throws Exception {
        var api = system.api();
        Mix.stock(api);
        system.alter("create sequence reserved");
        system.alter("grant usage on sequence reserved to public");
        system.alter("create function fail_once() returns trigger language plpgsql as $$ begin"
                + " if nextval('reserved') = 1 then raise 'the first one fails'; end if; return new; end $$");
        system.alter("create trigger fail_once before insert on reservas for each row execute function fail_once()");
        var message = Message.accepted(system, api, witness, Client.pedido("contested", "rcb", "plenty:1"));
        var database = system.databaseProxy();
        var worker = system.workerBehind(database);
        Predicate<String> firstAfterTheFailure =
                sql -> Statements.LOCK.test(sql) && system.count("select is_called::int from reserved") == 1;
        var trap = database.hold(firstAfterTheFailure, () -> {
            message.put(Strike.SHARDS.get(1));
            system.awaitCount(COMPLETED, 1);
        });
        message.put(Strike.SHARDS.get(0));
        trap.awaitSprung();
        Awaitility.await("both deliveries have ended").until(() -> worker.metric("pedidos_endings_total") >= 2);
    }

    /** Runs while a statement is held. */
    private static void awaitHeld(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(HELD_AT_MOST)
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
