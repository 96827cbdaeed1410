package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.PostgresProxy;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Trap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One effect, whichever statement of its transaction is the last. Faults 13 (killed before COMMIT at each statement)
 * and 14 (the connection is lost at COMMIT, with and without the COMMIT having happened).
 */
class CutTransactionTest {

    private static final int MOST_STATEMENTS = 12;

    private static TestSystem system;
    private static PostgresProxy database;
    private static TestProgram api;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start("cut-transaction", Map.of());
        database = system.databaseProxy();
        api = system.api();
        client = new Client(api);
        client.stock("sku", 1_000);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void aWorkerKilledBeforeAnyStatementOfItsTurnLeavesOneEffect() throws Exception {
        String hit = "";
        int statement = 0;
        for (; !Statements.COMMIT.test(hit); statement++) {
            assertThat(statement).as("statements of a turn").isLessThan(MOST_STATEMENTS);
            var doomed = worker();
            awaitOneEffectEach("killed-", statement);
            var trap = database.before(statement, Statements.LOCK, doomed::kill);
            accept("killed-" + statement);
            hit = trap.awaitSprung();
            assertThat(doomed.isAlive()).isFalse();
        }
        var worker = worker();
        awaitOneEffectEach("killed-", statement);
        worker.stop();
    }

    @Test
    void aCommitInDoubtIsDecidedByTheLedger() throws Exception {
        var worker = worker();
        var notDone = database.before(1, Statements.FINISH, Trap.Action.NOTHING);
        accept("doubt-not-done");
        assertThat(Statements.COMMIT).accepts(notDone.awaitSprung());
        var done = database.after(1, Statements.FINISH, Trap.Action.NOTHING);
        accept("doubt-done");
        assertThat(Statements.COMMIT).accepts(done.awaitSprung());

        awaitOneEffectEach("doubt-", 2);
        assertThat(worker.stop()).isPositive();
    }

    @Test
    void anInsertInDoubtIsAnsweredAndRepeatedAsOnePedido() throws Exception {
        var doubting = system.api(Map.of("DATABASE_URL", database.uri()));
        var other = new Client(doubting);
        other.awaitLedgerPath();
        repeat(other, "inserted-not-done", database.before(Statements.INSERT, Trap.Action.NOTHING));
        other.awaitLedgerPath();
        repeat(other, "inserted-done", database.after(Statements.INSERT, Trap.Action.NOTHING));
        system.awaitCount(
                "select count(*) from operation_events where event_type = 'ACCEPTED' and external_id like 'inserted-%'",
                2);
        assertThat(doubting.stop()).isPositive();
    }

    /** If the API cannot know whether the pedido is inserted, the broker keeps it, and the ledger takes it once. */
    private static void repeat(Client client, String id, Trap trap) throws Exception {
        var first = client.post(Client.pedido(id, "rcb", "sku:1"));
        trap.awaitSprung();
        var again = client.post(Client.pedido(id, "rcb", "sku:1"));
        assertThat(first.status()).isEqualTo(202);
        assertThat(again.status()).isIn(200, 202);
    }

    private static TestProgram worker() throws Exception {
        return system.workerBehind(database);
    }

    private static void accept(String id) throws Exception {
        assertThat(client.post(Client.pedido(id, "rcb-" + id, "sku:1")).status())
                .isEqualTo(202);
    }

    private static void awaitOneEffectEach(String prefix, int pedidos) {
        system.awaitCount(
                "select count(*) from pedidos where status = 'COMPLETED' and pedido_id like '" + prefix + "%'",
                pedidos);
        assertThat(system.count("select count(*) from operation_events where event_type = 'COMPLETED'"
                        + " and external_id like '" + prefix + "%'"))
                .isEqualTo(pedidos);
        assertThat(system.count("select count(*) from reservas where pedido_id like '" + prefix + "%'"))
                .isEqualTo(pedidos);
    }
}
