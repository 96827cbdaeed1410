package dev.pedidos.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pedidos.e2e.system.Client;
import dev.pedidos.e2e.system.Crowd;
import dev.pedidos.e2e.system.Http;
import dev.pedidos.e2e.system.Statements;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestProgram;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.e2e.system.Witness;
import dev.pedidos.shared.ledger.accept.Inserted;
import dev.pedidos.shared.ledger.accept.NewPedido;
import dev.pedidos.shared.ledger.accept.PedidoInserts;
import dev.pedidos.shared.ledger.relay.RelayLedger;
import dev.pedidos.shared.message.PedidoCodec;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Relays publish everything, whatever happens to them. Fault 32: two at once, one killed between publish and mark, and
 * a transaction with a lower number that commits later than a higher one.
 */
@Order(7)
class RelayTest {

    private static final int HELD = 4711;
    private static final int CLAIMED = 10;

    private TestSystem system;
    private Witness witness;
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("relay", Strike.SETTINGS);
        witness = new Witness(system);
        broker = system.broker();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
        system.close();
    }

    @Test
    void ofTwoRelaysOneIsKilledBeforeItsMarkAndTheOtherGoesOn() throws Exception {
        var database = system.databaseProxy();
        system.declareTopology();
        var doomed = system.api(Map.of("DATABASE_URL", database.uri(), "PEDIDOS_DECLARE", "off"));
        var other = system.api(TestSystem.DECLARING_NOTHING);
        Mix.stock(other);
        var bodies = Mix.of(12, 10);
        broker.unbindShards(Strike.SHARDS);
        witness.send(List.of(doomed, other), 4, bodies);
        assertThat(broker.ready(Strike.SHARDS)).isZero();
        broker.bindShards(Strike.SHARDS);
        var trap = database.before(Statements.MARK, doomed::kill);
        // A few at a time, so that no relay gets them all.
        for (int due = 10; doomed.isAlive() && due <= 30; due += 10) {
            makeDue(10);
            awaitPublished(due, doomed);
        }
        if (doomed.isAlive()) {
            // The other one was quicker each time.
            other.freeze();
            makeDue(10);
            trap.awaitSprung();
            other.thaw();
        }
        trap.awaitSprung();
        assertThat(broker.ready(Strike.SHARDS)).as("published").isPositive();
        makeDue(bodies.size());
        system.worker();

        witness.assertEveryLawHolds();
        assertThat(other.metric("pedidos_relay_total"))
                .as("relayed by the other")
                .isPositive();
    }

    @Test
    void anInsertThatCommitsLaterThanYoungerOnesIsNotMissed() throws Exception {
        var api = system.api();
        system.worker();
        witness.send(List.of(api), 1, List.of(Client.simulado("first", "another", "{}")));
        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 1);
        holdTheNoteOf("late");
        Future<List<Inserted>> late;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var holding = system.ledger().jdbi().open()) {
            holding.execute("select pg_advisory_lock(" + HELD + ")");
            // No API has it in hand, so only a relay can publish it.
            late = threads.submit(() -> insert(Client.simulado("late", "rcb", "{}")));
            system.awaitCount(TestSystem.WAITS + " and wait_event = 'advisory'", 1);
            witness.send(List.of(api), 1, List.of(Client.simulado("later-1", "rcb", "{}")));
            system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 2);
            assertThat(late).isNotDone();
            holding.execute("select pg_advisory_unlock(" + HELD + ")");
        }
        assertThat(late.get()).hasOnlyElementsOfType(Inserted.New.class);
        witness.send(List.of(api), 1, List.of(Client.simulado("later-2", "rcb", "{}")));

        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 4);
        assertThat(system.count("select count(*) from operation_events a join operation_events b"
                        + " on b.external_id = 'later-2' and b.event_type = 'COMPLETED'"
                        + " where a.external_id = 'late' and a.event_type = 'COMPLETED' and a.id < b.id"))
                .as("answered before the other was sent")
                .isEqualTo(1);
    }

    /** Its message is lost, and when the relay looks at it a redriven pedido is before it. */
    @Test
    void aLostRetryBehindARedrivenPedidoIsProcessedAfterIt() throws Exception {
        var api = system.api();
        var client = new Client(api);
        var first = system.worker();
        client.post(Client.simulado("redriven", "rcb", "{\"falha_permanente\":true}"));
        system.awaitCount("select count(*) from pedidos where status = 'DEAD_LETTERED' and relay_at is null", 1);
        first.stop();
        client.post(Client.simulado("lost", "rcb", "{}"));
        broker.awaitReady(Strike.SHARDS, 1);
        broker.take(Strike.SHARDS, 1);
        assertThat(new Http(api).json("POST", "/dlq/redriven/redrive", "{}").statusCode())
                .isEqualTo(202);
        system.alter(
                "update pedidos set status = 'RETRYING', published = true, atualizado_em = now() - interval '1 hour',"
                        + " proxima_tentativa_em = now() - interval '1 hour', relay_at = now() where pedido_id = 'lost'");
        system.awaitCount("select count(*) from pedidos where pedido_id = 'lost' and relay_at > now()", 1);
        system.worker();

        system.awaitCount("select count(*) from pedidos where pedido_id = 'lost' and status = 'COMPLETED'", 1);
    }

    @Test
    void unpublishedPedidosDoNotWaitForTheTimeThatTheClockWasPutBack() throws Exception {
        var client = new Client(system.api());
        broker.unbindShards(Strike.SHARDS);
        Crowd.mustBeAccepted(client.post(Client.simulado("before-the-step", "rcb", "{}")));
        broker.bindShards(Strike.SHARDS);
        system.alter(
                "update pedidos set relay_at = relay_at + interval '1 hour', aceito_em = aceito_em + interval '1 hour',"
                        + " atualizado_em = atualizado_em + interval '1 hour'");
        system.worker();

        system.awaitCount("select count(*) from pedidos where status = 'COMPLETED'", 1);
    }

    /** One that the broker does not stand fails together with all that were claimed with it. */
    @Test
    void thoseThatWereClaimedTogetherAreDueAtDifferentTimes() throws Exception {
        for (int i = 0; i < CLAIMED; i++) {
            insert(Client.simulado("claimed-" + i, "rcb-" + i, "{}"));
        }
        var claim =
                new RelayLedger(system.ledger(), Duration.ofHours(1)).claim(CLAIMED, 1_000_000, Duration.ofMinutes(1));

        assertThat(claim.due()).hasSize(CLAIMED);
        assertThat(system.count("select count(distinct relay_at) from pedidos"
                        + " where relay_at between now() + interval '30 s' and now() + interval '2 min'"))
                .isEqualTo(CLAIMED);
    }

    private List<Inserted> insert(String body) throws SQLException {
        var pedido = PedidoCodec.readMessage(body.getBytes(StandardCharsets.UTF_8));
        return new PedidoInserts(system.ledger(), Duration.ZERO, place -> {})
                .insert(List.of(NewPedido.of(pedido, true)));
    }

    /** Its place in line is taken before it waits. */
    private void holdTheNoteOf(String id) {
        system.alter("create function hold_the_note() returns trigger language plpgsql set lock_timeout = 0 as $$ begin"
                + " if new.pedido_id = '" + id + "' then perform pg_advisory_xact_lock(" + HELD + "); end if;"
                + " return new; end $$");
        system.alter("create trigger hold_the_note before insert on pedidos"
                + " for each row execute function hold_the_note()");
    }

    private void awaitPublished(int pedidos, TestProgram doomed) {
        Awaitility.await("published by the one, or the other is killed")
                .until(() ->
                        !doomed.isAlive() || system.count("select count(*) from pedidos where published") >= pedidos);
    }

    private void makeDue(int pedidos) {
        system.alter("update pedidos set relay_at = now() where pedido_id in (select pedido_id from pedidos"
                + " where not published and relay_at > now() order by ordem limit " + pedidos
                + " for update skip locked)");
    }
}
