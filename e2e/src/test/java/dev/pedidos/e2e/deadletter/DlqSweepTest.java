package dev.pedidos.e2e.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import dev.pedidos.api.deadletter.DlqSweep;
import dev.pedidos.api.deadletter.DlqSweep.Swept;
import dev.pedidos.e2e.system.TestBroker;
import dev.pedidos.e2e.system.TestSystem;
import dev.pedidos.shared.broker.DeadLetterQueue;
import dev.pedidos.shared.broker.connection.AmqpConnections;
import dev.pedidos.shared.ledger.deadletter.DlqSnapshot;
import dev.pedidos.shared.ledger.deadletter.MissingLetter;
import dev.pedidos.shared.ledger.deadletter.MissingLetters;
import dev.pedidos.shared.message.Letter;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DlqSweepTest {

    private static final String QUEUE = "pedidos_dlq";

    private TestSystem system;
    private TestBroker broker;
    private DlqSweep sweep;
    private DlqSweep otherInstance;

    @BeforeEach
    void start() throws Exception {
        system = TestSystem.start("letter-audit", Map.of());
        broker = system.broker();
        var topology = system.declareTopology();
        var connections = new AmqpConnections(system.stores().amqpUri());
        sweep = new DlqSweep(new DeadLetterQueue(connections, topology), system.ledger());
        otherInstance = new DlqSweep(new DeadLetterQueue(connections, topology), system.ledger());
        for (var id : new String[] {"one", "two", "three"}) {
            die(id);
            publish(id);
        }
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
        system.close();
    }

    @Test
    void aLetterThatIsHeldDuringOneSweepIsNotPublishedAgain() throws Exception {
        try (var operator = system.broker()) {
            operator.hold(QUEUE, 3);
            assertThat(sweep.run()).contains(new Swept(0, 0, 3, 0));
        }
        awaitReady(3);

        assertThat(sweep.run()).contains(new Swept(3, 0, 0, 0));
        assertThat(system.count("select count(*) from pedidos where not published"))
                .isZero();
    }

    @Test
    void aLetterThatIsHeldForLongerIsInTheQueueOnceAfterItsReturn() throws Exception {
        try (var operator = system.broker()) {
            operator.hold(QUEUE, 3);
            sweep.run();
            assertThat(sweep.run()).contains(new Swept(0, 0, 0, 3));
            relay("one", "two", "three");
            assertThat(sweep.run()).contains(new Swept(3, 0, 0, 0));
        }
        awaitReady(6);

        assertThat(sweep.run()).contains(new Swept(6, 3, 0, 0));
        awaitReady(3);
        broker.awaitLetters(List.of("one", "two", "three"));
    }

    @Test
    void aLetterThatAnotherInstanceHasPublishedAgainIsNotMissedTwiceInARow() throws Exception {
        broker.purge(QUEUE);
        otherInstance.run();
        sweep.run();
        assertThat(sweep.run()).contains(new Swept(0, 0, 0, 3));
        relay("one", "two", "three");

        try (var operator = system.broker()) {
            operator.hold(QUEUE, 3);
            assertThat(otherInstance.run()).contains(new Swept(0, 0, 3, 0));
        }
    }

    @Test
    void aLetterThatIsTakenEachTimeIsNotPublishedAgainEachTime() throws Exception {
        broker.purge(QUEUE);
        sweep.run();
        assertThat(sweep.run().orElseThrow().republished()).isEqualTo(3);
        relay();

        for (int look = 0; look < 3; look++) {
            assertThat(sweep.run().orElseThrow().republished()).isZero();
        }
    }

    @Test
    void aLetterThatWasPublishedSinceItWasMissedIsNotPublishedAgain() throws Exception {
        try (var snapshot = DlqSnapshot.tryBegin(system.ledger()).orElseThrow()) {
            var missing = snapshot.missing(letter -> false, 10);
            system.alter("update pedidos set published = true where pedido_id = 'one'");

            assertThat(new MissingLetters(system.ledger()).publishAgain(missing))
                    .isEqualTo(2);
        }
    }

    @Test
    void aLetterThatIsRedrivenMeanwhileIsNotPublishedAgain() throws Exception {
        broker.purge(QUEUE);
        sweep.run();
        system.alter("update pedidos set status = 'PENDING', ciclo = 1, motivo = null where pedido_id = 'one'");

        assertThat(sweep.run()).contains(new Swept(0, 0, 0, 2));
    }

    /** The ledger was restored from a backup of before its redrive. */
    @Test
    void aLetterOfALaterCicloThanItsPedidoHasIsRemoved() throws Exception {
        publish("one", 1);
        system.alter("update pedidos set status = 'PENDING', motivo = null, published = false where pedido_id = 'two'");
        publish("two", 1);
        awaitReady(5);

        assertThat(sweep.run()).contains(new Swept(5, 3, 0, 0));
        broker.awaitLetters(List.of("one", "three"));
    }

    @Test
    void oneInstanceSweepsAtATimeAndLettersPublishedMeanwhileAreNotMissed() throws Exception {
        try (var other = DlqSnapshot.tryBegin(system.ledger()).orElseThrow()) {
            assertThat(sweep.run()).isEmpty();
            die("four");

            assertThat(other.missing(letter -> false, 10))
                    .extracting(MissingLetter::letter)
                    .containsExactlyInAnyOrder(new Letter("one", 0), new Letter("two", 0), new Letter("three", 0));
        }
        assertThat(sweep.run()).isPresent();
    }

    private void awaitReady(int letters) {
        Awaitility.await("letters in the queue").until(() -> broker.ready(QUEUE) == letters);
    }

    private void die(String id) {
        system.alter("insert into pedidos (pedido_id, ordem, tipo, recebedor_id, origem, status, motivo, payload,"
                + " payload_hash, published) values ('" + id + "', 1, 'pedido', 'rcb-" + id
                + "', 'web', 'DEAD_LETTERED', 'FALHA_PERMANENTE', '{}', '', true)");
    }

    private void publish(String id) throws Exception {
        publish(id, 0);
    }

    private void publish(String id, int ciclo) throws Exception {
        var properties = new AMQP.BasicProperties.Builder()
                .messageId(id)
                .deliveryMode(2)
                .headers(Map.of("ciclo", ciclo))
                .build();
        broker.put(QUEUE, properties, new byte[0]);
    }

    /** Publishes these; all count as published. */
    private void relay(String... ids) throws Exception {
        for (var id : ids) {
            publish(id);
        }
        system.alter("update pedidos set published = true, relay_at = null");
    }
}
